import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  backfillEvents,
  importEvents,
  ingestEvents,
  openIngestion,
} from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const SEALED_UNTIL = '2026-08-01T04:00:00Z'
let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
beforeEach(async () => {
  await database.admin.query('TRUNCATE analytics_events, rollup_dirty, conversations CASCADE')
  await database.admin.query('DELETE FROM analytics_seals')
})
afterAll(() => database?.drop())

/** What is sealed is sealed by whoever holds the organization's lock alone. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('analytics.seal:' || $1::uuid, 0))`
const SEAL = `INSERT INTO analytics_seals (organization_id, sealed_through, sealed_until, sealed_at)
  VALUES ($1, '2026-07-31', '${SEALED_UNTIL}', now())`
const seal = () => database.admin.query(SEAL, [cast.acme.id])

const newEvent = (created_at: string) => ({
  id: uuidv7({ msecs: NOW.getTime() }),
  event_type: 'message.created',
  created_at,
})
const OLD = '2026-08-01T03:59:59.999999Z'
const OPEN = '2026-08-01T04:00:00Z'

async function stored(): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>('SELECT count(*) FROM analytics_events')
  return Number(rows[0]?.count)
}

test('an event of a sealed day is rejected, those of other days and organizations are stored', async () => {
  await seal()
  const ingestion = openIngestion(database.pool)
  const [acme, globex] = await Promise.all([
    ingestEvents(ingestion, {
      organizationId: cast.acme.id,
      items: [newEvent(OLD), newEvent(OPEN)],
      now: NOW,
    }),
    ingestEvents(ingestion, { organizationId: cast.globex.id, items: [newEvent(OLD)], now: NOW }),
  ])
  expect(acme).toMatchObject({
    inserted: 1,
    duplicates: 0,
    rejected: [{ index: 0, code: 'analytics.day_sealed' }],
  })
  expect(globex).toEqual({ inserted: 1, duplicates: 0, rejected: [] })
  const { rows } = await database.admin.query('SELECT FROM rollup_dirty WHERE organization_id = $1', [
    cast.acme.id,
  ])
  expect(rows).toHaveLength(1)
})

const importLines = (lines: readonly object[]) => {
  const bytes = Buffer.from(lines.map(line => JSON.stringify(line)).join('\n'))
  const file = async function* () {
    yield bytes
  }
  return importEvents(database.pool, { organizationId: cast.acme.id, file, format: 'ndjson', now: () => NOW })
}

test('an import that meets a sealed day stops before it writes, and names the line and the day', async () => {
  await seal()
  const lines = [...Array.from({ length: 2500 }, () => newEvent(OPEN)), newEvent(OLD), newEvent(OPEN)]
  await expect(importLines(lines)).rejects.toMatchObject({
    code: 'analytics.day_sealed',
    message: expect.stringMatching(
      /^Line 2501 is an event of 2026-08-01T03:59:59\.999Z, .*2026-08-01T04:00:00/,
    ),
    details: { line: 2501 },
  })
  expect(await stored()).toBe(0)
  lines.splice(2500, 1)
  expect(await importLines(lines)).toMatchObject({ inserted: 2501, rejected: [] })
})

test('an event that comes while its day is being sealed waits, and is then left out', async () => {
  const sealer = await database.admin.connect()
  try {
    await sealer.query('BEGIN')
    await sealer.query(LOCK, [cast.acme.id])
    const answer = ingestEvents(openIngestion(database.pool), {
      organizationId: cast.acme.id,
      items: [newEvent(OLD)],
      now: NOW,
    })
    await vi.waitFor(async () => {
      const { rowCount } = await database.admin.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
      expect(rowCount).toBe(1)
    }, 30_000)
    await sealer.query(SEAL, [cast.acme.id])
    await sealer.query('COMMIT')
    expect(await answer).toMatchObject({ inserted: 0, rejected: [{ code: 'analytics.day_sealed' }] })
  } finally {
    await sealer.query('ROLLBACK')
    sealer.release()
  }
  expect(await stored()).toBe(0)
})

test('a backfill leaves sealed days as they are, and counts what it left', async () => {
  await seal()
  await database.admin.query(
    `INSERT INTO conversations (organization_id, started_at) VALUES ($1, '${OLD}'), ($1, '${OPEN}')`,
    [cast.acme.id],
  )
  const answer = await backfillEvents(database.pool, {
    organizationId: cast.acme.id,
    before: NOW,
    now: () => NOW,
  })
  expect(answer).toMatchObject({ inserted: { conversations: 1 }, sealed: 1, rejected: [] })
})
