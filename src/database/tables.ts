/** Who owns a table: the one domain that writes it, or the layer that does where no domain owns it. */
export type TableOwner =
  | 'organizations'
  | 'identity'
  | 'agents'
  | 'analytics'
  | 'billing'
  | 'team'
  | 'notifications'
  | 'support'
  | 'admin'
  | 'idempotency'
  | 'maintenance'
  | 'queue'
  | 'database'

export interface TableListing {
  readonly name: string
  readonly owner: TableOwner
  /** The column that holds the organization's id and that its policies compare; `none`: the rows are no tenant's. */
  readonly tenantKey: 'organization_id' | 'id' | 'none'
}

/**
 * Every table of the product, once. A table that is not listed here fails the catalog test, so nobody adds one
 * without saying who writes it and whose rows it holds. Partitions are not listed: they belong to their table.
 */
export const TABLES: readonly TableListing[] = [
  { name: 'organizations', owner: 'organizations', tenantKey: 'id' },
  { name: 'users', owner: 'organizations', tenantKey: 'organization_id' },
  { name: 'api_keys', owner: 'organizations', tenantKey: 'organization_id' },
  { name: 'activity_logs', owner: 'organizations', tenantKey: 'organization_id' },
  { name: 'activity_logs_archive', owner: 'organizations', tenantKey: 'organization_id' },
  { name: 'user_credentials', owner: 'identity', tenantKey: 'organization_id' },
  { name: 'sessions', owner: 'identity', tenantKey: 'organization_id' },
  { name: 'one_time_links', owner: 'identity', tenantKey: 'organization_id' },
  // Counted by what was typed, before anybody knows whose it is.
  { name: 'sign_in_attempts', owner: 'identity', tenantKey: 'none' },
  { name: 'agents', owner: 'agents', tenantKey: 'organization_id' },
  { name: 'conversations', owner: 'agents', tenantKey: 'organization_id' },
  { name: 'messages', owner: 'agents', tenantKey: 'organization_id' },
  { name: 'workflows', owner: 'agents', tenantKey: 'organization_id' },
  { name: 'workflow_executions', owner: 'agents', tenantKey: 'organization_id' },
  { name: 'subscriptions', owner: 'billing', tenantKey: 'organization_id' },
  { name: 'invoices', owner: 'billing', tenantKey: 'organization_id' },
  { name: 'payment_methods', owner: 'billing', tenantKey: 'organization_id' },
  { name: 'usage_records', owner: 'billing', tenantKey: 'organization_id' },
  { name: 'team_invitations', owner: 'team', tenantKey: 'organization_id' },
  { name: 'analytics_events', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'daily_metrics', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'agent_metrics', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'daily_active_users', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'daily_active_agents', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'agent_months', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'active_user_returns', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'rollup_zones', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'analytics_seals', owner: 'analytics', tenantKey: 'organization_id' },
  // Counts days of every organization.
  { name: 'metric_audit', owner: 'analytics', tenantKey: 'none' },
  { name: 'rollup_dirty', owner: 'analytics', tenantKey: 'organization_id' },
  // Written by a trigger of users alone.
  { name: 'former_members', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'ingest_progress', owner: 'analytics', tenantKey: 'organization_id' },
  { name: 'notifications', owner: 'notifications', tenantKey: 'organization_id' },
  { name: 'notification_preferences', owner: 'notifications', tenantKey: 'organization_id' },
  { name: 'mail_messages', owner: 'notifications', tenantKey: 'organization_id' },
  { name: 'admin_users', owner: 'admin', tenantKey: 'none' },
  // An entry names the organization it concerns, but is the platform's own: no tenant reads it.
  { name: 'admin_audit_logs', owner: 'admin', tenantKey: 'none' },
  { name: 'support_tickets', owner: 'support', tenantKey: 'organization_id' },
  { name: 'support_ticket_comments', owner: 'support', tenantKey: 'organization_id' },
  { name: 'idempotency_keys', owner: 'idempotency', tenantKey: 'organization_id' },
  { name: 'maintenance_runs', owner: 'maintenance', tenantKey: 'none' },
  // A file holds the events of every organization.
  { name: 'event_archives', owner: 'maintenance', tenantKey: 'none' },
  { name: 'event_archive_chunks', owner: 'maintenance', tenantKey: 'organization_id' },
  { name: 'queue_tasks', owner: 'queue', tenantKey: 'none' },
  { name: 'worker_heartbeats', owner: 'queue', tenantKey: 'none' },
  { name: 'tenantry_migrations', owner: 'database', tenantKey: 'none' },
  { name: 'adopted_tables', owner: 'database', tenantKey: 'none' },
]
