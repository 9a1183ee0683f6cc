import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TABLES } from '../../../src/database/tables.ts'
import { inTenant } from '../../../src/database/transaction.ts'
import { type LoadedSample, loadSample } from '../../../src/maintenance/sample-data/load-sample.ts'
import { SAMPLE_PASSWORD } from '../../../src/maintenance/sample-data/password.ts'
import { verifyPassword } from '../../../src/platform/password.ts'
import { localDate, recompute } from '../../domains/analytics/recompute.ts'
import { storedFigures } from '../../domains/analytics/stored-figures.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { TINY } from './tiny-scale.ts'

let database: TestDatabase
let loaded: LoadedSample
const progress: number[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  loaded = await loadSample(database.pool, TINY, done => progress.push(done))
})
afterAll(() => database.drop())

async function column(query: string): Promise<unknown[]> {
  const { rows } = await database.admin.query({ text: query, rowMode: 'array' })
  return rows.map(row => row[0])
}

/** What the program writes for itself, and what only comes by use. */
const NOT_SAMPLED = [
  'queue_tasks',
  'maintenance_runs',
  'event_archives',
  'event_archive_chunks',
  'worker_heartbeats',
  'tenantry_migrations',
  'adopted_tables',
  'analytics_seals',
  'rollup_dirty',
  'former_members',
  'ingest_progress',
  'idempotency_keys',
  'mail_messages',
  'one_time_links',
  'sessions',
  'sign_in_attempts',
]

test('every table of the specification has rows', async () => {
  const filled = TABLES.map(({ name }) => name).filter(name => !NOT_SAMPLED.includes(name))
  expect(filled).toContain('activity_logs_archive')
  const empty = []
  for (const name of filled) if ((await column(`SELECT count(*) FROM ${name}`))[0] === 0) empty.push(name)
  expect(empty).toEqual([])
})

test('it says how many rows each table got, and how far it is', async () => {
  for (const [table, rows] of Object.entries(loaded.rows))
    expect([table, await column(`SELECT count(*) FROM ${table}`)]).toEqual([table, [rows]])
  expect(progress).toEqual([...progress].sort((one, other) => one - other))
  expect(progress.at(-1)).toBe(1)
})

test('the metrics equal what is counted from the events by hand, and no day is behind', async () => {
  const events = await database.admin.query(`
    SELECT organization_id, event_type, agent_id, user_id, end_user_id, properties,
      analytics_events.created_at, time_zone FROM analytics_events JOIN organizations ON organizations.id = organization_id`)
  const agents = await column('SELECT id FROM agents')
  expect(events.rows.length).toBeGreaterThan(1_000)
  const local = events.rows.map(event => ({
    ...event,
    created_at: localDate(event.created_at, event.time_zone),
  }))
  expect(await storedFigures(database.admin)).toEqual(recompute(local, agents.map(String)))
  expect(await column('SELECT count(*) FROM rollup_dirty')).toEqual([0])
  expect(await column('SELECT count(*) FROM mv_organization_metrics')).toEqual([9])
})

test('usage that is billed is what the events of the day (UTC) say', async () => {
  expect(
    await column(`
      SELECT count(*) FROM (
        SELECT organization_id, (created_at AT TIME ZONE 'UTC')::date AS date,
          count(*) FILTER (WHERE event_type = 'message.created') AS messages,
          sum((properties ->> 'tokens')::integer) AS tokens,
          count(*) FILTER (WHERE event_type = 'workflow.executed') AS workflow_executions
        FROM analytics_events GROUP BY 1, 2
      ) AS counted
      RIGHT JOIN usage_records u
        ON u.organization_id = counted.organization_id AND u.period_start = counted.date AT TIME ZONE 'UTC'
      WHERE u.quantity IS DISTINCT FROM CASE u.metric_type WHEN 'messages' THEN messages WHEN 'tokens' THEN tokens
        ELSE workflow_executions END`),
  ).toEqual([0])
})

test('conversations, messages and their events are one story', async () => {
  const unmatched = await column(`
    SELECT count(*) FROM messages m
    FULL JOIN (SELECT * FROM analytics_events WHERE event_type = 'message.created') e
      ON e.organization_id = m.organization_id AND e.resource_id = m.id AND e.conversation_id = m.conversation_id
        AND e.created_at = m.created_at AND (e.properties ->> 'tokens')::integer = m.tokens
    WHERE m.id IS NULL OR e.id IS NULL`)
  expect(unmatched).toEqual([0])
  expect(await column('SELECT count(*) FROM conversations')).toEqual(
    await column("SELECT count(*) FROM analytics_events WHERE event_type = 'conversation.started'"),
  )
})

test('all that can become of something is among it', async () => {
  const distinct = (table: string, name: string) =>
    column(`SELECT DISTINCT ${name} COLLATE "C" FROM ${table} ORDER BY 1`)
  expect(await distinct('team_invitations', 'status')).toEqual(['accepted', 'expired', 'pending', 'revoked'])
  expect(await distinct('users', 'organization_role')).toEqual(['admin', 'member', 'owner', 'viewer'])
  expect(await distinct('organizations', 'plan')).toEqual(['enterprise', 'free', 'pro', 'starter'])
  expect(await distinct('subscriptions', 'status')).toEqual(['active', 'canceled', 'past_due', 'trialing'])
  expect(await distinct('invoices', 'status')).toEqual(['open', 'paid', 'uncollectible', 'void'])
  expect(await distinct('support_tickets', 'status')).toEqual(['closed', 'open', 'pending', 'resolved'])
  expect(await distinct('workflow_executions', 'status')).toEqual(['cancelled', 'failed', 'succeeded'])
  expect(await distinct('conversations', 'status')).toEqual(expect.arrayContaining(['archived', 'closed']))
})

test('the archive holds what is older than a year and not critical, and the log goes back further where it is', async () => {
  const year = `'${TINY.now.toISOString()}'::timestamptz - interval '1 year'`
  expect(
    await column(`SELECT count(*) FROM activity_logs_archive WHERE created_at > ${year} OR is_critical`),
  ).toEqual([0])
  expect(await column(`SELECT bool_or(is_critical) FROM activity_logs WHERE created_at < ${year}`)).toEqual([
    true,
  ])
})

test('every tenant sees its own rows and nothing else, in every table', async () => {
  const organizations = await column('SELECT id FROM organizations ORDER BY id')
  const tenanted = TABLES.filter(({ tenantKey }) => tenantKey !== 'none').filter(
    ({ name }) => !['rollup_dirty', 'mail_messages', 'event_archive_chunks'].includes(name),
  )
  for (const id of organizations.slice(0, 3).map(String)) {
    for (const { name, tenantKey } of tenanted) {
      const foreign = await inTenant(database.pool, id, tx =>
        sql<{ rows: number }>`
          SELECT count(*) AS rows FROM ${sql.table(name)} WHERE ${sql.ref(tenantKey)} <> ${id}`.execute(tx),
      )
      expect([name, foreign.rows[0]?.rows]).toEqual([name, 0])
    }
  }
})

test('every member who may sign in does so with the one password that is told', async () => {
  const hashes = await column('SELECT DISTINCT password_hash FROM user_credentials')
  expect(hashes).toHaveLength(1)
  expect(await verifyPassword(SAMPLE_PASSWORD, String(hashes[0]))).toBe(true)
  // and nobody as staff
  for (const hash of await column('SELECT password_hash FROM admin_users'))
    expect(await verifyPassword(SAMPLE_PASSWORD, String(hash))).toBe(false)
})

test('a database that holds an organization is refused and stays as it is', async () => {
  const tables = Object.keys(loaded.rows)
  const counts = () => Promise.all(tables.map(table => column(`SELECT count(*) FROM ${table}`)))
  const before = await counts()
  await expect(loadSample(database.pool, TINY)).rejects.toMatchObject({
    code: 'sample_data.database_not_empty',
    message: expect.stringContaining('holds 9 organizations already'),
  })
  expect(await counts()).toEqual(before)
})

test('of two at the same time one fills the database and the other is refused', async () => {
  const empty = await createTestDatabase()
  const input = { ...TINY, scale: { organizations: 2, largest: 1 } }
  const both = await Promise.allSettled([loadSample(empty.pool, input), loadSample(empty.pool, input)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { rows } = await empty.admin.query('SELECT count(*) FROM organizations')
  expect(rows).toEqual([{ count: 2 }])
  await empty.drop()
})

test('one that fails leaves nothing behind', async () => {
  const empty = await createTestDatabase()
  await empty.admin.query(`ALTER TABLE support_tickets ADD CHECK (subject = 'nothing has this subject')`)
  await expect(loadSample(empty.pool, TINY)).rejects.toMatchObject({ code: '23514' })
  for (const table of Object.keys(loaded.rows))
    expect((await empty.admin.query(`SELECT FROM ${table}`)).rowCount).toBe(0)
  await empty.drop()
})
