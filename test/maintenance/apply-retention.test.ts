import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTenant } from '../../src/database/transaction.ts'
import { READ_NOTIFICATION_RETENTION } from '../../src/domains/notifications/index.ts'
import { ACTIVITY_LOG_RETENTION, recordActivity } from '../../src/domains/organizations/index.ts'
import { applyRetention } from '../../src/maintenance/apply-retention.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let cast: Cast
beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
afterAll(() => database.drop())
beforeEach(() => database.admin.query('DELETE FROM notifications'))

const NOW = new Date()
const ages = async (table: string, column = 'created_at') => {
  const { rows } = await database.admin.query<{ days: number }>(
    `SELECT round(extract(epoch FROM now() - ${column}) / 86400)::int AS days FROM ${table} ORDER BY ${column} DESC`,
  )
  return rows.map(row => row.days)
}

test('logs move into the archive after a year, in batches, whole; critical ones stay however old', async () => {
  await database.admin.query(
    `INSERT INTO activity_logs (organization_id, user_id, actor_name, action_type, metadata, is_critical, created_at)
     SELECT $1, $2, 'Ada', 'agent.registered', jsonb_build_object('n', days), days = 2000, now() - make_interval(days => days)
     FROM unnest(ARRAY[1, 360, 370, 380, 390, 2000]) AS days`,
    [cast.acme.id, cast.ada.id],
  )
  const before = (await database.admin.query('SELECT * FROM activity_logs ORDER BY id')).rows
  expect(await applyRetention(database.pool, { policy: ACTIVITY_LOG_RETENTION, now: NOW, batch: 2 })).toBe(3)
  expect(await ages('activity_logs')).toEqual([1, 360, 2000])
  expect(await ages('activity_logs_archive')).toEqual([370, 380, 390])
  const after = await database.admin.query(
    'SELECT * FROM activity_logs UNION ALL SELECT * FROM activity_logs_archive ORDER BY id',
  )
  expect(after.rows).toEqual(before)
  expect(await applyRetention(database.pool, { policy: ACTIVITY_LOG_RETENTION, now: NOW })).toBe(0)
})

test('what decides who may do what is recorded as critical, an activity like many is not', async () => {
  const organizationId = cast.globex.id
  await inTenant(database.pool, organizationId, async tx => {
    await recordActivity(tx, { organizationId, actionType: 'api_key.created' })
    await recordActivity(tx, { organizationId, actionType: 'agent.registered' })
  })
  const { rows } = await database.admin.query(
    'SELECT action_type, is_critical FROM activity_logs WHERE organization_id = $1 ORDER BY 1',
    [organizationId],
  )
  expect(rows).toEqual([
    { action_type: 'agent.registered', is_critical: false },
    { action_type: 'api_key.created', is_critical: true },
  ])
  await database.admin.query('ALTER TABLE activity_logs DISABLE TRIGGER USER')
  await database.admin.query('DELETE FROM activity_logs WHERE organization_id = $1', [organizationId])
  await database.admin.query('ALTER TABLE activity_logs ENABLE TRIGGER USER')
})

test('a clock that runs ahead moves no log before its year is over', async () => {
  const ahead = new Date(NOW.getTime() + 20 * 86_400_000)
  expect(await applyRetention(database.pool, { policy: ACTIVITY_LOG_RETENTION, now: ahead })).toBe(0)
  expect(await ages('activity_logs')).toEqual([1, 360, 2000])
})

test('two that move the same logs at once move each of them once', async () => {
  await database.admin.query(
    `INSERT INTO activity_logs (organization_id, actor_name, action_type, created_at)
     SELECT $1, 'Ada', 'agent.registered', now() - interval '400 days' FROM generate_series(1, 500)`,
    [cast.acme.id],
  )
  const moved = await Promise.all(
    [1, 2, 3].map(() =>
      applyRetention(database.pool, { policy: ACTIVITY_LOG_RETENTION, now: NOW, batch: 50 }),
    ),
  )
  await applyRetention(database.pool, { policy: ACTIVITY_LOG_RETENTION, now: NOW })
  expect(moved.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(500)
  expect(await ages('activity_logs')).toEqual([1, 360, 2000])
  const { rows } = await database.admin.query(
    'SELECT count(*)::int AS kept FROM activity_logs_archive WHERE user_id IS NULL',
  )
  expect(rows).toEqual([{ kept: 500 }])
})

test('a notification goes 30 days after it was read, an unread one never', async () => {
  await database.admin.query(
    `INSERT INTO notifications (organization_id, user_id, type, category, title, message, is_read, read_at, created_at)
     SELECT $1, $2, 'agent.failed', 'agents', 'Stopped', '', days < 1000, CASE WHEN days < 1000 THEN now() - make_interval(days => days) END,
       now() - make_interval(days => days + 50)
     FROM unnest(ARRAY[1, 29, 31, 32, 33, 3000]) AS days`,
    [cast.acme.id, cast.ada.id],
  )
  expect(
    await applyRetention(database.pool, { policy: READ_NOTIFICATION_RETENTION, now: NOW, batch: 2 }),
  ).toBe(3)
  expect(await ages('notifications')).toEqual([51, 79, 3050])
})
