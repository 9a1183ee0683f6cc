-- no-transaction
-- squawk-ignore-file ban-concurrent-index-creation-in-transaction
-- user_activity_summary counts a member's activities in their organization: with the organization in the index it reads
-- no log for it (2.2 ms instead of 24 ms for a member with 7,000). Each statement can be run again.
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_activity_logs_user_id_wide ON activity_logs (user_id, organization_id);
DROP INDEX CONCURRENTLY IF EXISTS idx_activity_logs_user_id;
ALTER INDEX IF EXISTS idx_activity_logs_user_id_wide RENAME TO idx_activity_logs_user_id;
