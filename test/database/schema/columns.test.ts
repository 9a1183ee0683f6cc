import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../support/database.ts'

const { admin, drop } = await createTestDatabase()
afterAll(drop)

const columns = async (condition: string): Promise<string[]> => {
  const { rows } = await admin.query<{ name: string }>(`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND ${condition} ORDER BY 1`)
  return rows.map(row => row.name)
}

test('every instant has a zone', async () => {
  expect(await columns(`data_type = 'timestamp without time zone'`)).toEqual([])
})

test('a column with a default is never NULL, but for the limits, where NULL means unlimited', async () => {
  expect(
    await columns(`column_default IS NOT NULL AND is_generated = 'NEVER' AND is_nullable = 'YES'`),
  ).toEqual([
    'organizations.max_agents',
    'organizations.max_messages',
    'organizations.max_storage',
    'organizations.max_users',
  ])
})

test('every secret is stored as its hash', async () => {
  const secrets = await columns(
    `column_name ~ '(token|secret|hash|password)$' AND table_name <> 'tenantry_migrations'`,
  )
  expect(secrets).toEqual([
    'admin_users.password_hash',
    'api_keys.key_hash',
    'idempotency_keys.key_hash',
    'idempotency_keys.request_hash',
    'one_time_links.secret_hash',
    'sessions.token_hash',
    'team_invitations.token',
    'user_credentials.password_hash',
  ])
})

test('every primary key is id, but for events and what is no entity', async () => {
  const { rows } = await admin.query(`
    SELECT conrelid::regclass::text AS name FROM pg_constraint
    WHERE contype = 'p' AND connamespace = 'public'::regnamespace AND conparentid = 0
      AND conrelid NOT IN (SELECT inhrelid FROM pg_inherits) AND pg_get_constraintdef(oid) <> 'PRIMARY KEY (id)' ORDER BY 1`)
  expect(rows.map(row => row.name)).toEqual([
    'active_user_returns',
    'adopted_tables',
    'agent_months',
    'analytics_events',
    'analytics_seals',
    'daily_active_agents',
    'daily_active_users',
    'event_archive_chunks',
    'former_members',
    'idempotency_keys',
    'ingest_progress',
    'maintenance_runs',
    'queue_tasks',
    'rollup_zones',
    'sign_in_attempts',
    'tenantry_migrations',
    'user_credentials',
  ])
})

test('bounds of partitions say their zone, and no partition takes what has no month', async () => {
  const { rows } = await admin.query<{ bounds: string }>(`
    SELECT pg_get_expr(relpartbound, oid) AS bounds FROM pg_class WHERE relispartition AND relkind = 'r'`)
  expect(rows.length).toBeGreaterThanOrEqual(6)
  for (const { bounds } of rows)
    expect(bounds).toMatch(/^FOR VALUES FROM \('\d{4}-\d\d-01 00:00:00\+00'\) TO/)
})
