import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import {
  auditDay,
  changeTimeZone,
  listDirtyDays,
  recomputeDays,
  rollUpDay,
} from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { deleteEvents, type EventRow, ingest, writeEvents } from './write-events.ts'

let db: TestDatabase
let cast: Cast
let next = 0

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.admin.query(
    `TRUNCATE analytics_events, rollup_dirty, daily_metrics, agent_metrics, agent_months, daily_active_users, daily_active_agents,
       active_user_returns, rollup_zones, analytics_seals`,
  )
  await db.admin.query("UPDATE organizations SET time_zone = 'UTC'")
})

function message(created_at: string): EventRow {
  next += 1
  const id = `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`
  return { id, organization_id: cast.acme.id, event_type: 'message.created', created_at, end_user_id: id }
}

async function catchUp(): Promise<void> {
  for (;;) {
    const days = await inRole(db.pool, 'tenantry_jobs', tx => listDirtyDays(tx, { most: 50 }))
    if (days.length === 0) return
    for (const { organizationId, date } of days)
      await inTenant(db.pool, organizationId, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
  }
}

/** Days up to the 10th are archived: what was before the 11th (UTC) has left the table. */
async function seal(): Promise<void> {
  await db.admin.query(
    `INSERT INTO analytics_seals (organization_id, sealed_through, sealed_until)
     VALUES ($1, '2024-02-10', '2024-02-11T00:00:00Z')`,
    [cast.acme.id],
  )
  await db.admin.query("DELETE FROM analytics_events WHERE created_at < '2024-02-11T00:00:00Z'")
}

async function stored() {
  const tables = ['daily_metrics', 'agent_metrics', 'daily_active_users', 'active_user_returns']
  return Promise.all(
    tables.map(
      async table => (await db.admin.query(`SELECT *, xmin FROM ${table} WHERE date < '2024-02-11'`)).rows,
    ),
  )
}

async function messages(): Promise<Record<string, number>> {
  const { rows } = await db.admin.query('SELECT date, total_messages FROM daily_metrics ORDER BY date')
  return Object.fromEntries(rows.map(({ date, total_messages }) => [date, total_messages]))
}

const days = ['2024-02-09T12:00:00Z', '2024-02-10T12:00:00Z', '2024-02-10T23:59:59Z', '2024-02-11T00:00:00Z']

test('no roll-up, recomputation, late marker or change of zone alters a day whose events are archived', async () => {
  await ingest(db.pool, days.map(message))
  await catchUp()
  const before = await stored()
  await seal()
  expect((await db.admin.query('SELECT FROM rollup_dirty')).rowCount).toBe(0)

  expect(
    await inTenant(db.pool, cast.acme.id, tx => rollUpDay(tx, { date: '2024-02-10' }), 'tenantry_jobs'),
  ).toBe('sealed')
  const recomputed = await recomputeDays(db.pool, {
    organizationId: cast.acme.id,
    from: '2024-02-09',
    to: '2024-02-12',
  })
  expect(recomputed).toEqual({ days: 4, changed: [], sealed: ['2024-02-09', '2024-02-10'] })
  expect(
    await inTenant(db.pool, cast.acme.id, tx => auditDay(tx, { date: '2024-02-10' }), 'tenantry_jobs'),
  ).toBe('sealed')

  // What should never be there: an event behind the seal, with figures and without.
  await ingest(db.pool, [message('2024-02-10T13:00:00Z')])
  await writeEvents(db.admin, [message('2024-02-09T13:00:00Z')])
  await catchUp()
  for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12']) {
    await db.admin.query('UPDATE organizations SET time_zone = $1', [zone])
    await inTenant(db.pool, cast.acme.id, changeTimeZone, 'tenantry_jobs')
    await catchUp()
  }
  expect(await stored()).toEqual(before)
})

test('the first day after the seal begins where the seal ends, in every zone, so that the totals stay', async () => {
  const after = [
    '2024-02-11T00:00:00Z',
    '2024-02-11T06:00:00Z',
    '2024-02-12T03:00:00Z',
    '2024-02-12T23:00:00Z',
  ]
  await ingest(db.pool, [...days.slice(0, 3), ...after].map(message))
  await catchUp()
  await seal()
  for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'Etc/GMT+12', 'UTC']) {
    await db.admin.query('UPDATE organizations SET time_zone = $1', [zone])
    await inTenant(db.pool, cast.acme.id, changeTimeZone, 'tenantry_jobs')
    await catchUp()
    const counted = await messages()
    expect(counted).toMatchObject({ '2024-02-09': 1, '2024-02-10': 2 })
    expect(Object.values(counted).reduce((sum, each) => sum + each, 0)).toBe(7)
    if (zone === 'America/New_York') expect(counted).toMatchObject({ '2024-02-11': 3, '2024-02-12': 1 })
  }
})

test('an event that is deleted corrects its day, however old, until the day is sealed', async () => {
  const events = days.map(message)
  await ingest(db.pool, events)
  await catchUp()
  await deleteEvents(db.admin, [(events[1] as EventRow).id])
  await catchUp()
  expect(await messages()).toEqual({ '2024-02-09': 1, '2024-02-10': 1, '2024-02-11': 1 })
})

test('erasing whose events they are takes the person out of the past days', async () => {
  await ingest(db.pool, days.map(message))
  await catchUp()
  await db.admin.query("UPDATE analytics_events SET end_user_id = NULL WHERE created_at < '2024-02-10'")
  await catchUp()
  const { rows } = await db.admin.query(
    'SELECT date, total_messages, unique_users FROM daily_metrics ORDER BY date',
  )
  expect(rows[0]).toEqual({ date: '2024-02-09', total_messages: 1, unique_users: 0 })
})
