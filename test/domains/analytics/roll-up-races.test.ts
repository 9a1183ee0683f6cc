import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPool } from '../../../src/database/pool.ts'
import { inTenant, RoleTx } from '../../../src/database/transaction.ts'
import { countActiveUsers, insertEvents, rollUpDay } from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type EventRow, eventOf, ingest, writeEvents } from './write-events.ts'

let db: TestDatabase
let cast: Cast
let next = 0

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())
beforeEach(() =>
  db.admin.query(
    'TRUNCATE analytics_events, rollup_dirty, daily_metrics, daily_active_users, active_user_returns',
  ),
)

const date = '2024-02-10'

function message(): EventRow {
  next += 1
  const id = `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`
  const created_at = `${date}T12:00:00Z`
  return { id, organization_id: cast.acme.id, event_type: 'message.created', created_at, end_user_id: id }
}

/** Rolls the day up and, before it commits, waits for `then`. */
const rollUp = (then: () => Promise<unknown> = async () => {}) =>
  inTenant(
    db.pool,
    cast.acme.id,
    async tx => {
      await rollUpDay(tx, { date })
      await then()
    },
    'tenantry_jobs',
  )

async function stored() {
  const { rows } = await db.admin.query('SELECT total_messages, unique_users FROM daily_metrics')
  return rows
}

async function markersLeft(): Promise<number> {
  const { rows } = await db.admin.query('SELECT count(*) AS markers FROM rollup_dirty')
  return rows[0].markers
}

async function openTransaction(): Promise<pg.PoolClient> {
  const client = await db.admin.connect()
  await client.query('BEGIN')
  return client
}

/** Resolves when a session waits for a lock of this kind; where none does, what is tested here did not happen. */
async function someoneWaits(locktype: 'advisory' | 'transactionid'): Promise<void> {
  const end = Date.now() + 5_000
  while (Date.now() < end) {
    const { rowCount } = await db.admin.query(
      `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = $1 AND NOT granted AND datname = current_database()`,
      [locktype],
    )
    if (rowCount) return
  }
  throw new Error(`nobody waits for a lock (${locktype})`)
}

const WAYS = [
  ['with figures', (_client: pg.PoolClient | pg.Pool, event: EventRow) => ingest(db.pool, [event])],
  ['without', (client: pg.PoolClient | pg.Pool, event: EventRow) => writeEvents(client, [event])],
] as const

test.each(WAYS)(
  'an event that commits between two markers of its quarter of an hour is counted (%s)',
  async (_, write) => {
    await write(db.admin, message())
    const writer = await openTransaction()
    await writer.query('SET LOCAL ROLE tenantry_ingest')
    await insertEvents(new RoleTx(writer, 'tenantry_ingest'), [eventOf(message())])
    await rollUp()
    expect(await stored()).toEqual([{ total_messages: 1, unique_users: 1 }])
    await writer.query('COMMIT')
    writer.release()
    await rollUp()
    expect(await stored()).toEqual([{ total_messages: 2, unique_users: 2 }])
    expect(await markersLeft()).toBe(0)
  },
)

test('an event whose writer is still open while the day is rolled up is counted by the next pass', async () => {
  await writeEvents(db.admin, [message()])
  const writer = await openTransaction()
  await writeEvents(writer, [message()])

  await rollUp()
  expect(await stored()).toEqual([{ total_messages: 1, unique_users: 1 }])

  await writer.query('COMMIT')
  writer.release()
  expect(await markersLeft()).toBe(1)
  await rollUp()
  expect(await stored()).toEqual([{ total_messages: 2, unique_users: 2 }])
  expect(await markersLeft()).toBe(0)
})

test('an event that is committed while a roll-up is under way keeps its marker', async () => {
  await writeEvents(db.admin, [message()])
  await rollUp(() => writeEvents(db.admin, [message()]))
  expect(await stored()).toEqual([{ total_messages: 1, unique_users: 1 }])
  expect(await markersLeft()).toBe(1)
  await rollUp()
  expect(await stored()).toEqual([{ total_messages: 2, unique_users: 2 }])
})

test('an event that is committed after the events were read, and before the figures are written, keeps its marker', async () => {
  await writeEvents(db.admin, [message()])
  await rollUp()
  await writeEvents(db.admin, [message()])
  const holder = await openTransaction()
  await holder.query('UPDATE daily_metrics SET computed_at = computed_at')
  const rolledUp = rollUp()
  await someoneWaits('transactionid')
  await writeEvents(db.admin, [message()])
  await holder.query('COMMIT')
  holder.release()
  await rolledUp

  expect(await stored()).toEqual([{ total_messages: 2, unique_users: 2 }])
  expect(await markersLeft()).toBe(1)
  await rollUp()
  expect(await stored()).toEqual([{ total_messages: 3, unique_users: 3 }])
})

test.each(WAYS)(
  'of two roll-ups of a day the one with the older view never has the last word (%s)',
  async (_, write) => {
    await write(db.admin, message())
    let second: Promise<unknown> = Promise.resolve()
    await rollUp(async () => {
      await write(db.admin, message())
      second = rollUp()
      await someoneWaits('advisory')
    })
    await second
    expect(await stored()).toEqual([{ total_messages: 2, unique_users: 2 }])
    expect(await markersLeft()).toBe(0)
  },
)

test('two days of an organization that are rolled up at once count a person of both once', async () => {
  const person = message()
  const other = {
    ...message(),
    created_at: '2024-02-11T12:00:00Z',
    end_user_id: person.end_user_id as string,
  }
  await ingest(db.pool, [person, other])
  let second: Promise<unknown> = Promise.resolve()
  await rollUp(async () => {
    second = inTenant(db.pool, cast.acme.id, tx => rollUpDay(tx, { date: '2024-02-11' }), 'tenantry_jobs')
    await someoneWaits('advisory')
  })
  await second
  const period = { from: '2024-02-10', to: '2024-02-11' }
  expect(await inTenant(db.pool, cast.acme.id, tx => countActiveUsers(tx, period))).toBe(1)
})

test('the same batch three times at once, across the end of a month and cut otherwise, counts once', async () => {
  const batch = Array.from({ length: 40 }, (_, n) => ({
    ...message(),
    created_at: n % 2 === 0 ? '2024-01-31T23:59:59.9Z' : '2024-02-01T00:00:00Z',
  }))
  await Promise.all([
    ingest(db.pool, batch),
    ingest(db.pool, [...batch].reverse()),
    ingest(db.pool, batch.slice(0, 25)),
    ingest(db.pool, batch.slice(15)),
    ingest(db.pool, [...batch, ...batch]),
  ])
  for (const day of ['2024-01-31', '2024-02-01'])
    await inTenant(db.pool, cast.acme.id, tx => rollUpDay(tx, { date: day }), 'tenantry_jobs')
  expect(await stored()).toEqual(Array(2).fill({ total_messages: 20, unique_users: 20 }))
})

test('the roll-up of another organization does not wait', async () => {
  await writeEvents(db.admin, [message()])
  await rollUp(async () => {
    await inTenant(db.pool, cast.globex.id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
  })
  expect(await stored()).toHaveLength(1)
})

test('two roll-ups of a day are in step where the server asks for repeatable read', async () => {
  await db.admin.query(`ALTER DATABASE ${db.name} SET default_transaction_isolation = 'repeatable read'`)
  const strict = createPool({ url: db.url, max: 1, name: 'tenantry test' })
  try {
    await writeEvents(db.admin, [message()])
    let second: Promise<unknown> = Promise.resolve()
    await rollUp(async () => {
      await writeEvents(db.admin, [message()])
      second = inTenant(strict, cast.acme.id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
      await someoneWaits('advisory')
    })
    await second
    expect(await stored()).toEqual([{ total_messages: 2, unique_users: 2 }])
  } finally {
    await strict.end()
    await db.admin.query(`ALTER DATABASE ${db.name} RESET default_transaction_isolation`)
  }
})
