import type pg from 'pg'
import { TABLES } from '../../src/database/tables.ts'
import type { CastOrganization } from './cast.ts'

/**
 * One row of the organization in every table that holds rows of organizations, so that a test which reads them all has
 * something to leak. Fails when a table is listed that nobody has written a row for.
 */
export async function fillTables(admin: pg.Pool, organization: CastOrganization): Promise<void> {
  const staff = await anyStaff(admin)
  const names = {
    organization: organization.id,
    user: organization.user.id,
    agent: organization.agent.id,
    staff,
  }
  for (const row of ROWS) {
    const sql = row.replaceAll(
      /(?<!\w):(organization|user|agent|staff)\b/g,
      (_, name: keyof typeof names) => `'${names[name]}'`,
    )
    await admin.query(sql)
  }
  for (const { name, tenantKey } of TABLES) {
    if (tenantKey === 'none') continue
    const { rowCount } = await admin.query(`SELECT FROM ${name} WHERE ${tenantKey} = $1 LIMIT 1`, [
      organization.id,
    ])
    if (rowCount === 0) throw new Error(`${name} has no row: add one to test/support/fill-tables.ts`)
  }
}

async function anyStaff(admin: pg.Pool): Promise<string> {
  await admin.query(`
    INSERT INTO admin_users (email, password_hash, full_name, admin_role)
    VALUES ('carol@platform.test', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzYWx0$RdescudvJCsgt3ub+b3dWRWJTmaaJObG', 'Carol', 'support') ON CONFLICT DO NOTHING`)
  const { rows } = await admin.query<{ id: string }>('SELECT id FROM admin_users LIMIT 1')
  return rows[0]?.id ?? ''
}

const SECRET = `encode(sha256(uuid_send(gen_random_uuid())), 'hex')`

const ROWS = [
  `INSERT INTO api_keys (organization_id, name, key_prefix, key_hash, scopes, created_by)
   VALUES (:organization, 'Production', 'tny_abcd', ${SECRET}, '{events:write}', :user)`,
  `INSERT INTO activity_logs (organization_id, user_id, actor_name, action_type) VALUES (:organization, :user, 'Somebody', 'agent.created')`,
  `INSERT INTO activity_logs_archive (organization_id, user_id, actor_name, action_type) VALUES (:organization, :user, 'Somebody', 'agent.created')`,
  `INSERT INTO user_credentials (user_id, organization_id, password_hash) VALUES (:user, :organization, '$argon2id$none')`,
  `INSERT INTO sessions (organization_id, user_id, token_hash) VALUES (:organization, :user, ${SECRET})`,
  `INSERT INTO one_time_links (organization_id, user_id, purpose, secret_hash, email, expires_at)
   VALUES (:organization, :user, 'reset_password', ${SECRET}, 'somebody@elsewhere.test', now() + interval '1 hour')`,
  `INSERT INTO conversations (organization_id, agent_id, user_id) VALUES (:organization, :agent, :user)`,
  `INSERT INTO messages (organization_id, conversation_id, role, content)
   SELECT organization_id, id, 'user', 'Hello' FROM conversations WHERE organization_id = :organization`,
  `INSERT INTO workflows (organization_id, user_id, name) VALUES (:organization, :user, 'Nightly')`,
  `INSERT INTO workflow_executions (organization_id, workflow_id)
   SELECT organization_id, id FROM workflows WHERE organization_id = :organization`,
  `INSERT INTO subscriptions (organization_id, plan, status) VALUES (:organization, 'pro', 'active')`,
  `INSERT INTO invoices (organization_id, subscription_id, status, amount_minor, currency)
   SELECT organization_id, id, 'open', 4900, 'EUR' FROM subscriptions WHERE organization_id = :organization`,
  `INSERT INTO payment_methods (organization_id, type, is_default) VALUES (:organization, 'card', true)`,
  `INSERT INTO usage_records (organization_id, metric_type, quantity, period_start, period_end, idempotency_key)
   VALUES (:organization, 'messages', 10, '2026-01-01Z', '2026-01-02Z', 'first')`,
  `INSERT INTO team_invitations (organization_id, invited_by, email, role, token, expires_at)
   VALUES (:organization, :user, 'erin@elsewhere.test', 'member', ${SECRET}, now() + interval '7 days')`,
  `INSERT INTO analytics_events (organization_id, event_type, user_id, agent_id) VALUES (:organization, 'message.created', :user, :agent)`,
  `INSERT INTO daily_metrics (organization_id, date) VALUES (:organization, (now() AT TIME ZONE 'UTC')::date)`,
  `INSERT INTO agent_metrics (organization_id, agent_id, date) VALUES (:organization, :agent, (now() AT TIME ZONE 'UTC')::date)`,
  `INSERT INTO daily_active_users (organization_id, date, user_key) VALUES (:organization, (now() AT TIME ZONE 'UTC')::date, sha256('m'))`,
  `INSERT INTO daily_active_agents (organization_id, date, agent_id) VALUES (:organization, (now() AT TIME ZONE 'UTC')::date, :agent)`,
  `INSERT INTO active_user_returns (organization_id, date, previous_date, users) VALUES (:organization, (now() AT TIME ZONE 'UTC')::date, '-infinity', 1)`,
  `INSERT INTO rollup_zones (organization_id, time_zone) VALUES (:organization, 'UTC')`,
  `INSERT INTO analytics_seals (organization_id, sealed_through, sealed_until) VALUES (:organization, '2024-01-31', '2024-02-01 00:00:00+00')`,
  `INSERT INTO rollup_dirty (organization_id, bucket) VALUES (:organization, now())`,
  `INSERT INTO former_members (organization_id, user_key) VALUES (:organization, sha256('m'))`,
  `INSERT INTO ingest_progress (organization_id, source, position) VALUES (:organization, 'file', '1')`,
  `WITH archive AS (
     INSERT INTO event_archives (id, month, file, state, events, bytes, sha256, verified_at)
     VALUES (uuid_generate_v4(), '2024-01-01', :organization || '.parquet', 'verified', 1, 1, ${SECRET}, now()) RETURNING id)
   INSERT INTO event_archive_chunks (archive_id, organization_id, first_at, first_id, last_at, last_id, events)
   SELECT id, :organization, '2024-01-01Z', id, '2024-01-01Z', id, 1 FROM archive`,
  `INSERT INTO notifications (organization_id, user_id, type, category, title, message)
   VALUES (:organization, :user, 'agent.failed', 'agents', 'Stopped', 'The agent stopped')`,
  `INSERT INTO notification_preferences (organization_id, user_id, notification_type) VALUES (:organization, :user, 'agent.failed')`,
  `INSERT INTO mail_messages (id, organization_id, recipient, template, subject, text_body, html_body, expires_at)
   VALUES (uuid_generate_v4(), :organization, 'ada@elsewhere.test', 'reset-password', 'Reset', 'Secret', 'Secret', now() + interval '1 hour')`,
  `INSERT INTO idempotency_keys (organization_id, key_hash, request_hash, claim_id) VALUES (:organization, ${SECRET}, ${SECRET}, gen_random_uuid())`,
  `INSERT INTO support_tickets (organization_id, user_id, subject, description, priority, status)
   VALUES (:organization, :user, 'Help', 'It stopped', 'normal', 'open')`,
  `INSERT INTO support_ticket_comments (organization_id, ticket_id, author_type, author_id, author_name, comment)
   SELECT organization_id, id, 'user', :user, 'Somebody', 'Please' FROM support_tickets WHERE organization_id = :organization`,
  `INSERT INTO admin_audit_logs (admin_user_id, organization_id, action_type) VALUES (:staff, :organization, 'organization.viewed')`,
]
