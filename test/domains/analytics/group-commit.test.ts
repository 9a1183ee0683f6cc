import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPool } from '../../../src/database/pool.ts'
import { checkEvent, type Event, isEvent } from '../../../src/domains/analytics/event.ts'
import { GroupCommit } from '../../../src/domains/analytics/group-commit.ts'
import { DUPLICATE, INSERTED } from '../../../src/domains/analytics/insert-events.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const NOW = new Date()

let database: TestDatabase
let cast: Cast
let blocker: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
beforeEach(async () => {
  await database.admin.query('TRUNCATE analytics_events, rollup_dirty')
  blocker = new pg.Client({ connectionString: database.adminUrl })
  await blocker.connect()
})
afterEach(() => blocker.end())
afterAll(() => database?.drop())

function newEvents(count: number, organizationId = cast.acme.id, eventType = 'page.viewed'): Event[] {
  return Array.from({ length: count }, () => {
    const event = checkEvent({ id: uuidv7(), event_type: eventType }, { organizationId, now: NOW })
    if (!isEvent(event)) throw new Error(event.message)
    return event
  })
}

async function stored(): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>('SELECT count(*) FROM analytics_events')
  return rows[0]?.count ?? Number.NaN
}

/** Resolves when so many backends wait for a lock, with their process ids. */
async function waiting(count: number): Promise<number[]> {
  for (;;) {
    const { rows } = await database.admin.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows.length >= count) return rows.map(row => row.pid)
  }
}

/** How many transactions wrote events. */
async function transactions(): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>(
    'SELECT count(DISTINCT xmin::text) FROM analytics_events',
  )
  return rows[0]?.count ?? Number.NaN
}

test('requests of several organizations that arrive together share a transaction', async () => {
  const commits = new GroupCommit(database.pool)
  const answers = await Promise.all(
    [cast.acme, cast.globex, cast.acme].map(({ id }) => commits.store(newEvents(3, id), NOW)),
  )
  expect(answers.map(({ fates }) => [...fates])).toEqual([
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ])
  expect(await stored()).toBe(9)
  expect(await transactions()).toBe(1)
})

test('an event that was there, or comes twice, is told from its neighbours, however many were new before', async () => {
  const [known, ...others] = newEvents(4, cast.acme.id, 'message.created') as [Event, Event, Event, Event]
  await new GroupCommit(database.pool).store([known], NOW)
  const commits = new GroupCommit(database.pool)
  const fatesOf = async (events: Event[]) => [...(await commits.store(events, NOW)).fates]
  const [twice, late, last] = others
  expect(await fatesOf([twice, twice])).toEqual([INSERTED, DUPLICATE])
  expect(await fatesOf([late, known])).toEqual([INSERTED, DUPLICATE])
  const fresh = new GroupCommit(database.pool)
  const together = await Promise.all([
    fresh.store([known], NOW),
    fresh.store([last], NOW),
    fresh.store(newEvents(1, cast.globex.id, 'message.created'), NOW),
  ])
  expect(together.map(({ fates }) => [...fates])).toEqual([[DUPLICATE], [INSERTED], [INSERTED]])
  expect(await stored()).toBe(5)
  const { rows } = await database.admin.query('SELECT sum(messages)::integer AS marked FROM rollup_dirty')
  expect(rows).toEqual([{ marked: 5 }])
})

test('no request is answered before its commit', async () => {
  const commits = new GroupCommit(database.pool)
  await blocker.query('BEGIN; LOCK TABLE rollup_dirty IN SHARE MODE')
  let isAnswered = false
  const answer = commits.store(newEvents(1), NOW).then(() => {
    isAnswered = true
  })
  await waiting(1)
  expect(isAnswered).toBe(false)
  await blocker.query('COMMIT')
  await answer
  expect(await stored()).toBe(1)
})

test('a connection that is killed before COMMIT loses nothing and counts nothing twice', async () => {
  const commits = new GroupCommit(database.pool)
  await blocker.query('BEGIN; LOCK TABLE rollup_dirty IN SHARE MODE')
  const answers = Promise.all([
    commits.store(newEvents(50), NOW),
    commits.store(newEvents(50, cast.globex.id), NOW),
  ])
  const [victim] = await waiting(1)
  await database.admin.query('SELECT pg_terminate_backend($1)', [victim])
  await blocker.query('COMMIT')
  for (const { fates } of await answers) expect([...fates]).toEqual(Array(50).fill(1))
  expect(await stored()).toBe(100)
})

test('a connection that is killed in COMMIT gives no false answer, and a retry no second event', async () => {
  await database.admin.query(`
    CREATE FUNCTION wait_in_commit() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER wait_in_commit AFTER INSERT ON rollup_dirty
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_in_commit()`)
  try {
    const commits = new GroupCommit(database.pool)
    const events = newEvents(10)
    await blocker.query('SELECT pg_advisory_lock(4711)')
    const answer = expect(commits.store(events, NOW)).rejects.toMatchObject({
      code: 'analytics.outcome_unknown',
    })
    const [victim] = await waiting(1)
    await database.admin.query('SELECT pg_terminate_backend($1)', [victim])
    await answer
    await blocker.query('SELECT pg_advisory_unlock(4711)')
    await commits.store(events, NOW)
    expect(await stored()).toBe(10)
  } finally {
    await database.admin.query('DROP FUNCTION wait_in_commit CASCADE')
  }
})

test('two transactions that hold what the other wants both succeed', async () => {
  const [first, second] = newEvents(2)
  if (first === undefined || second === undefined) throw new Error('no events')
  const commits = new GroupCommit(database.pool)
  await blocker.query('BEGIN')
  await insert(second)
  const answer = commits.store([first, second], NOW)
  await waiting(1)
  // Waits for `first`, which the group has inserted; the server picks one of the two to give way.
  const outcome = await insert(first).then(
    () => blocker.query('COMMIT'),
    () => blocker.query('ROLLBACK'),
  )
  expect(outcome.command).toMatch(/COMMIT|ROLLBACK/)
  await answer
  expect(await stored()).toBe(2)

  function insert({ id, createdAt }: Event) {
    return blocker.query(
      `INSERT INTO analytics_events (id, organization_id, event_type, created_at)
       VALUES ($1, $2, 'page.viewed', to_timestamp($3::bigint / 1000) + $4 * interval '1 millisecond')`,
      [id, cast.acme.id, Math.floor(createdAt / 1e6) * 1000, (createdAt / 1000) % 1000],
    )
  }
})

test('a request of an organization that was deleted fails alone', async () => {
  const commits = new GroupCommit(database.pool)
  const gone = '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a69'
  const [first, orphan, last] = await Promise.allSettled([
    commits.store(newEvents(2), NOW),
    commits.store(newEvents(2, gone), NOW),
    commits.store(newEvents(2, cast.globex.id), NOW),
  ])
  expect(first).toMatchObject({ status: 'fulfilled' })
  expect(orphan).toMatchObject({ status: 'rejected', reason: { code: 'organizations.not_found' } })
  expect(last).toMatchObject({ status: 'fulfilled' })
  expect(await stored()).toBe(4)
})

test('more than can wait is refused at once, and what waited is stored', async () => {
  const commits = new GroupCommit(database.pool)
  await blocker.query('BEGIN; LOCK TABLE rollup_dirty IN SHARE MODE')
  const accepted = Array.from({ length: 20 }, () => commits.store(newEvents(1000), NOW))
  await expect(commits.store(newEvents(1), NOW)).rejects.toMatchObject({
    code: 'analytics.overloaded',
    kind: 'unavailable',
  })
  await blocker.query('COMMIT')
  await Promise.all(accepted)
  expect(await stored()).toBe(20_000)
  await commits.store(newEvents(1), NOW)
})

test('settles when everything that was accepted is stored, and only then', async () => {
  const commits = new GroupCommit(database.pool)
  await blocker.query('BEGIN; LOCK TABLE rollup_dirty IN SHARE MODE')
  let answered = 0
  for (let n = 0; n < 5; n++) void commits.store(newEvents(700), NOW).then(() => answered++)
  const settled = commits.settled()
  await waiting(2)
  await blocker.query('COMMIT')
  await settled
  expect(answered).toBe(5)
  expect(await stored()).toBe(3500)
})

test('a database that is away is said at once', async () => {
  const pool = createPool({ url: database.url.replace(/:\d+\//, ':1/'), max: 2, name: 'nowhere' })
  try {
    await expect(new GroupCommit(pool).store(newEvents(1), NOW)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
  } finally {
    await pool.end()
  }
})
