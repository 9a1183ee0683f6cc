import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import { auditDay, auditMetrics, recomputeDays, rollUpDay } from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { ingest } from './write-events.ts'

let db: TestDatabase
let cast: Cast
const date = '2024-02-10'

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.admin.query(
    `TRUNCATE analytics_events, rollup_dirty, daily_metrics, agent_metrics, agent_months, daily_active_users, daily_active_agents,
       active_user_returns, rollup_zones; UPDATE metric_audit SET audited_days = 0, drifted_days = 0`,
  )
  await ingest(
    db.pool,
    Array.from({ length: 20 }, (_, n) => ({
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      organization_id: cast.acme.id,
      event_type: n % 7 === 0 ? 'conversation.rated' : 'message.created',
      created_at: `${date}T12:00:00Z`,
      agent_id: n % 3 === 0 ? cast.acme.agent.id : null,
      end_user_id: `visitor ${n % 5}`,
      properties: n % 7 === 0 ? { score: 4 } : { tokens: n, response_time_ms: n * 100.5 },
    })),
  )
})

const rollUp = () => inTenant(db.pool, cast.acme.id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
const audit = () => inTenant(db.pool, cast.acme.id, tx => auditDay(tx, { date }), 'tenantry_jobs')

async function auditAll() {
  const drifts: unknown[] = []
  await auditMetrics(db.pool, { onDrift: (day, differing) => drifts.push({ ...day, differing }) })
  const { rows } = await db.admin.query('SELECT audited_days, drifted_days FROM metric_audit')
  return { drifts, ...rows[0] }
}

test('a day is compared only where nothing waits to be counted', async () => {
  expect(await audit()).toBe('behind')
  await rollUp()
  expect(await audit()).toBe('same')
  expect(await auditAll()).toEqual({ drifts: [], audited_days: 1, drifted_days: 0 })
})

test.each([
  ['daily_metrics', 'UPDATE daily_metrics SET total_messages = total_messages + 1'],
  ['daily_metrics', 'DELETE FROM daily_metrics'],
  ['daily_metrics', "UPDATE daily_metrics SET response_time_histogram = '{1}'"],
  ['agent_metrics', 'UPDATE agent_metrics SET total_tokens = 0'],
  ['agent_metrics', 'DELETE FROM agent_metrics'],
  [
    'daily_active_users',
    "INSERT INTO daily_active_users SELECT organization_id, date, sha256('x') FROM daily_metrics",
  ],
  ['daily_active_agents', 'DELETE FROM daily_active_agents'],
  ['active_user_returns', 'UPDATE active_user_returns SET users = 77'],
])('what is wrong in %s is found, counted and repaired (%s)', async (table, damage) => {
  await rollUp()
  await db.admin.query(damage)
  expect(await audit()).toMatchObject({ differing: expect.arrayContaining([table]) })
  const { rows } = await db.admin.query('SELECT FROM daily_metrics')
  if (rows.length > 0)
    expect(await auditAll()).toMatchObject({
      drifts: [{ organizationId: cast.acme.id, date }],
      drifted_days: 1,
    })
  await inTenant(db.pool, cast.acme.id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
  if (rows.length === 0) await recomputeDays(db.pool, { organizationId: cast.acme.id, from: date, to: date })
  expect(await audit()).toBe('same')
})

test('a recomputation says what it changed, and nothing when it is repeated', async () => {
  await rollUp()
  const period = { organizationId: cast.acme.id, from: '2024-02-09', to: '2024-02-11' }
  expect(await recomputeDays(db.pool, period)).toEqual({ days: 3, changed: [], sealed: [] })
  await db.admin.query('UPDATE daily_metrics SET total_tokens = 0; UPDATE active_user_returns SET users = 1')
  expect(await recomputeDays(db.pool, period)).toEqual({ days: 3, changed: [date], sealed: [] })
  expect(await recomputeDays(db.pool, period)).toEqual({ days: 3, changed: [], sealed: [] })
  expect(await audit()).toBe('same')
})

test('a recomputation of an organization that does not exist is refused', async () => {
  const organizationId = 'dead0000-0000-4000-8000-000000000001'
  await expect(recomputeDays(db.pool, { organizationId, from: date, to: date })).rejects.toMatchObject({
    code: 'organizations.not_found',
  })
})
