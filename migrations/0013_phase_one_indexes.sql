-- no-transaction
-- squawk-ignore-file ban-concurrent-index-creation-in-transaction
-- The specification's indexes on Phase 1 tables, which may hold millions of rows that others are writing: each is built
-- without stopping them, and each statement can be run again.
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_messages_org_created ON messages (organization_id, created_at DESC);
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_conversations_org_status ON conversations (organization_id, status);
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_agents_org_active ON agents (organization_id, is_active);
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_users_last_active_at ON users (last_active_at);
