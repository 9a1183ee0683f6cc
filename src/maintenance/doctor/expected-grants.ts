import { PHASE_ONE } from '../../database/migrate/phase-one/phase-one-tables.ts'
import type { Role } from '../../database/roles.ts'

/** Rights as a GRANT spells them: `SELECT, UPDATE (name)`. A role that is not named has none. */
export type Rights = Readonly<Partial<Record<Role, string>>>

const READ = 'SELECT'
const APPEND = 'SELECT, INSERT'
const KEEP = 'SELECT, INSERT, UPDATE'
const ALL_ROWS = 'SELECT, INSERT, UPDATE, DELETE'
const WRITE_MAIL =
  'INSERT (id, organization_id, recipient, template, subject, text_body, html_body, expires_at)'

/** What the owner of our tables has on every one, that of a host product too. */
export const OWNER_RIGHTS = 'SELECT, INSERT, UPDATE, DELETE, REFERENCES, TRIGGER'

const PHASE_ONE_RIGHTS: Readonly<Record<string, Rights>> = Object.fromEntries(
  PHASE_ONE.map(({ name, rights: { tenant, admin, jobs, ingest } }) => [
    name,
    {
      tenantry_tenant: tenant,
      tenantry_admin: admin,
      tenantry_jobs: jobs,
      tenantry_backup: READ,
      ...(ingest && { tenantry_ingest: 'owned' in ingest ? ingest.owned : ingest.everywhere }),
    },
  ]),
)

const EVERYBODY_READS = {
  tenantry_tenant: READ,
  tenantry_admin: READ,
  tenantry_jobs: READ,
  tenantry_backup: READ,
} as const

/**
 * What each role may do with each table and view of ours beside its owner, and with those of the queue: what a
 * migration grants is written here too, and a test holds both equal.
 */
export const EXPECTED_GRANTS: Readonly<Record<string, Rights>> = {
  ...PHASE_ONE_RIGHTS,
  api_keys: {
    tenantry_tenant: 'SELECT, INSERT, UPDATE (name, last_used_at, revoked_at, expires_at)',
    tenantry_admin: 'SELECT, INSERT, UPDATE (name, last_used_at, revoked_at, expires_at)',
    tenantry_jobs: 'SELECT, UPDATE (last_used_at)',
    tenantry_backup: READ,
  },
  activity_logs: {
    tenantry_tenant: APPEND,
    tenantry_admin: APPEND,
    tenantry_jobs: 'SELECT, INSERT, DELETE',
    tenantry_backup: READ,
  },
  activity_logs_archive: { ...EVERYBODY_READS, tenantry_jobs: APPEND },
  subscriptions: { ...EVERYBODY_READS, tenantry_admin: KEEP, tenantry_jobs: KEEP },
  invoices: { ...EVERYBODY_READS, tenantry_admin: KEEP, tenantry_jobs: KEEP },
  payment_methods: { ...EVERYBODY_READS, tenantry_admin: ALL_ROWS, tenantry_jobs: ALL_ROWS },
  usage_records: {
    tenantry_tenant: APPEND,
    tenantry_admin: APPEND,
    tenantry_jobs: APPEND,
    tenantry_backup: READ,
  },
  team_invitations: { ...EVERYBODY_READS, tenantry_tenant: KEEP, tenantry_jobs: 'SELECT, UPDATE' },
  analytics_events: {
    ...EVERYBODY_READS,
    // What it stores again is told apart by the key, and nothing else of an event is its to read.
    tenantry_ingest: 'INSERT, SELECT (organization_id, created_at, id)',
  },
  daily_metrics: { ...EVERYBODY_READS, tenantry_jobs: ALL_ROWS },
  agent_metrics: { ...EVERYBODY_READS, tenantry_jobs: ALL_ROWS },
  daily_active_users: { ...EVERYBODY_READS, tenantry_jobs: ALL_ROWS },
  daily_active_agents: { ...EVERYBODY_READS, tenantry_jobs: ALL_ROWS },
  active_user_returns: { ...EVERYBODY_READS, tenantry_jobs: ALL_ROWS },
  agent_months: EVERYBODY_READS,
  rollup_zones: { ...EVERYBODY_READS, tenantry_jobs: KEEP },
  analytics_seals: { ...EVERYBODY_READS, tenantry_ingest: READ, tenantry_jobs: KEEP },
  metric_audit: { tenantry_admin: READ, tenantry_jobs: 'SELECT, UPDATE', tenantry_backup: READ },
  rollup_dirty: {
    tenantry_ingest: 'INSERT, SELECT (organization_id, bucket)',
    tenantry_admin: READ,
    tenantry_jobs: 'SELECT, INSERT, DELETE',
    tenantry_backup: READ,
  },
  former_members: { tenantry_tenant: READ, tenantry_backup: READ },
  ingest_progress: { tenantry_tenant: ALL_ROWS, tenantry_backup: READ },
  notifications: {
    tenantry_tenant: 'SELECT, INSERT, UPDATE (is_read, read_at, is_archived)',
    tenantry_admin: APPEND,
    tenantry_jobs: ALL_ROWS,
    tenantry_backup: READ,
  },
  notification_preferences: { ...EVERYBODY_READS, tenantry_tenant: ALL_ROWS },
  admin_users: { tenantry_admin: KEEP, tenantry_jobs: READ, tenantry_backup: READ },
  admin_audit_logs: { tenantry_admin: APPEND, tenantry_jobs: APPEND, tenantry_backup: READ },
  support_tickets: {
    tenantry_tenant: 'SELECT, INSERT, UPDATE (status, resolved_at)',
    tenantry_admin: KEEP,
    tenantry_jobs: KEEP,
    tenantry_backup: READ,
  },
  support_ticket_comments: {
    tenantry_tenant: APPEND,
    tenantry_admin: APPEND,
    tenantry_jobs: APPEND,
    tenantry_backup: READ,
  },
  user_credentials: { tenantry_tenant: KEEP, tenantry_admin: APPEND, tenantry_backup: READ },
  sessions: {
    tenantry_tenant: 'SELECT, INSERT, UPDATE (last_seen_at), DELETE',
    tenantry_admin: APPEND,
    tenantry_jobs: 'SELECT, DELETE',
    tenantry_backup: READ,
  },
  one_time_links: {
    tenantry_tenant: 'SELECT, INSERT, UPDATE (used_at), DELETE',
    tenantry_admin: APPEND,
    tenantry_jobs: 'SELECT, DELETE',
    tenantry_backup: READ,
  },
  sign_in_attempts: { tenantry_admin: ALL_ROWS, tenantry_jobs: 'SELECT, DELETE', tenantry_backup: READ },
  // A mail is written by whoever has a reason to send it, and read by the worker alone.
  mail_messages: {
    tenantry_tenant: WRITE_MAIL,
    tenantry_admin: WRITE_MAIL,
    tenantry_jobs: ALL_ROWS,
  },
  idempotency_keys: { tenantry_tenant: ALL_ROWS, tenantry_admin: ALL_ROWS, tenantry_jobs: 'SELECT, DELETE' },
  maintenance_runs: { tenantry_admin: READ, tenantry_jobs: KEEP, tenantry_backup: READ },
  event_archives: { tenantry_admin: READ, tenantry_jobs: ALL_ROWS, tenantry_backup: READ },
  event_archive_chunks: { tenantry_jobs: 'SELECT, INSERT, DELETE', tenantry_backup: READ },
  queue_tasks: { tenantry_jobs: READ, tenantry_backup: READ },
  worker_heartbeats: { tenantry_admin: READ, tenantry_jobs: ALL_ROWS, tenantry_backup: READ },
  tenantry_migrations: { tenantry_admin: READ, tenantry_jobs: READ, tenantry_backup: READ },
  adopted_tables: { tenantry_admin: READ, tenantry_jobs: READ, tenantry_backup: READ },
  organization_summary: EVERYBODY_READS,
  user_activity_summary: EVERYBODY_READS,
  mv_organization_metrics: { tenantry_admin: READ, tenantry_backup: READ },
  'graphile_worker.migrations': { tenantry_jobs: READ, tenantry_backup: READ },
  'graphile_worker.jobs': { tenantry_backup: READ },
  'graphile_worker._private_jobs': { tenantry_jobs: ALL_ROWS, tenantry_backup: READ },
  'graphile_worker._private_job_queues': { tenantry_jobs: ALL_ROWS, tenantry_backup: READ },
  'graphile_worker._private_tasks': { tenantry_jobs: APPEND, tenantry_backup: READ },
  'graphile_worker._private_known_crontabs': { tenantry_jobs: KEEP, tenantry_backup: READ },
}
