import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import {
  changeTimeZone,
  listChangedTimeZones,
  listDirtyDays,
  rollUpDay,
} from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { localDate } from './recompute.ts'
import { type EventRow, ingest } from './write-events.ts'

let db: TestDatabase
let cast: Cast
let next = 0

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
  await db.admin.query(
    "SELECT ensure_event_partition(month::timestamptz) FROM unnest('{2026-03-01,2026-10-01,2026-11-01}'::text[]) AS month",
  )
})
afterAll(() => db.drop())
beforeEach(() =>
  db.admin.query(
    `TRUNCATE analytics_events, rollup_dirty, daily_metrics, agent_metrics, agent_months, daily_active_users, daily_active_agents,
       active_user_returns, rollup_zones, analytics_seals`,
  ),
)

function message(created_at: string): EventRow {
  next += 1
  const id = `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`
  return { id, organization_id: cast.acme.id, event_type: 'message.created', created_at, end_user_id: 'x' }
}

/** Everything that is behind is brought up, as the worker does. */
async function catchUp(): Promise<void> {
  for (;;) {
    const { days, moved } = await inRole(db.pool, 'tenantry_jobs', async tx => ({
      days: await listDirtyDays(tx, { most: 50 }),
      moved: await listChangedTimeZones(tx),
    }))
    if (days.length + moved.length === 0) return
    for (const { organizationId } of moved)
      await inTenant(db.pool, organizationId, changeTimeZone, 'tenantry_jobs')
    for (const { organizationId, date } of days)
      await inTenant(db.pool, organizationId, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
  }
}

const live = (zone: string) =>
  db.admin.query('UPDATE organizations SET time_zone = $1 WHERE id = $2', [zone, cast.acme.id])

async function messages(): Promise<Record<string, number>> {
  const { rows } = await db.admin.query('SELECT date, total_messages FROM daily_metrics ORDER BY date')
  return Object.fromEntries(rows.map(({ date, total_messages }) => [date, total_messages]))
}

const everyQuarter = (from: string, days: number) =>
  Array.from({ length: days * 96 }, (_, n) => message(new Date(Date.parse(from) + n * 900_000).toISOString()))

test.each([
  'America/New_York',
  'America/Havana',
  'America/St_Johns',
  'Atlantic/Azores',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Antarctica/Troll',
])('through a year every quarter of an hour lies in the day that a wall clock in %s shows', async zone => {
  const { rows } = await db.admin.query(
    `SELECT instant, day_of(instant, $1)::text AS date,
       instant >= day_begins(day_of(instant, $1), $1) AND instant < day_begins(day_of(instant, $1) + 1, $1) AS is_within
     FROM generate_series('2023-12-31T00:00:00Z'::timestamptz, '2025-01-01T00:00:00Z', interval '15 minutes') AS instant`,
    [zone],
  )
  expect(rows.filter(row => !row.is_within)).toEqual([])
  expect(rows.filter(row => row.date !== localDate(row.instant, zone))).toEqual([])
})

test('a day that a zone skipped has no events, and its neighbours have them all', async () => {
  const { rows } = await db.admin.query(
    `SELECT day_begins('2011-12-30', 'Pacific/Apia') = day_begins('2011-12-31', 'Pacific/Apia') AS is_empty,
       day_of('2011-12-30T09:59:59Z', 'Pacific/Apia')::text AS before, day_of('2011-12-30T10:00:00Z', 'Pacific/Apia')::text AS after`,
  )
  expect(rows).toEqual([{ is_empty: true, before: '2011-12-29', after: '2011-12-31' }])
})

test('a late event changes exactly its own local day, and days of 23 and 25 hours add up', async () => {
  await live('America/New_York')
  const events = [...everyQuarter('2026-03-06T05:00:00Z', 5), ...everyQuarter('2026-10-30T04:00:00Z', 5)]
  await ingest(db.pool, events)
  await catchUp()
  const before = await messages()
  expect(before['2026-03-08']).toBe(92)
  expect(before['2026-11-01']).toBe(100)
  expect(Object.values(before).reduce((sum, each) => sum + each, 0)).toBe(events.length)

  // 23:30 on the 7th in New York, already the 8th in UTC, told a week later.
  await ingest(db.pool, [message('2026-03-08T04:30:00Z')])
  await catchUp()
  expect(await messages()).toEqual({ ...before, '2026-03-07': 97 })
})

test('changing the zone recomputes every day, and the totals stay', async () => {
  const events = everyQuarter('2026-03-06T00:00:00Z', 6)
  await ingest(db.pool, events)
  await catchUp()
  for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12', 'America/New_York', 'Asia/Kolkata', 'UTC']) {
    await live(zone)
    await catchUp()
    const expected: Record<string, number> = {}
    for (const { created_at } of events) {
      const date = localDate(new Date(created_at), zone)
      expected[date] = (expected[date] ?? 0) + 1
    }
    expect(await messages()).toEqual(expected)
  }
})

test('events that come in while the zone changes are in the new days alone', async () => {
  await ingest(db.pool, [message('2026-03-07T23:30:00Z')])
  await catchUp()
  await ingest(db.pool, [message('2026-03-07T23:45:00Z')])
  await live('Asia/Kolkata')
  await ingest(db.pool, [message('2026-03-07T01:00:00Z')])
  await catchUp()
  expect(await messages()).toEqual({ '2026-03-07': 1, '2026-03-08': 2 })
})

test('a zone that is none, as a host may have written it, is UTC', async () => {
  await db.admin.query('ALTER TABLE organizations ALTER COLUMN time_zone DROP NOT NULL')
  for (const zone of ['Mars/Olympus', null]) {
    await db.admin.query('UPDATE organizations SET time_zone = $1 WHERE id = $2', [zone, cast.acme.id])
    await ingest(db.pool, [message('2026-03-07T23:30:00Z')])
    await catchUp()
  }
  expect(await messages()).toEqual({ '2026-03-07': 2 })
  await live('UTC')
})
