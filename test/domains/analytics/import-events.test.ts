import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ImportProgress, importEvents } from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
beforeEach(async () => {
  await database.admin.query('TRUNCATE analytics_events, rollup_dirty')
})
afterAll(() => database?.drop())

/** The bytes in pieces of a size that no line knows of. */
async function* pieces(file: string | Buffer, size = 1013): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(file)
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

const importFile = (
  file: AsyncIterable<Uint8Array>,
  onProgress?: (progress: ImportProgress) => void,
  organizationId = cast.acme.id,
) =>
  importEvents(database.pool, {
    organizationId,
    file,
    now: () => new Date(),
    ...(onProgress && { onProgress }),
  })

function ndjson(count: number, fields: object = {}): string {
  return Array.from({ length: count }, () =>
    JSON.stringify({ id: uuidv7(), event_type: 'message.created', ...fields }),
  ).join('\n')
}

async function stored(): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>('SELECT count(*) FROM analytics_events')
  return rows[0]?.count ?? Number.NaN
}

test('every line is stored once, and importing the file again changes nothing', async () => {
  const file = ndjson(4321)
  const progress: ImportProgress[] = []
  expect(await importFile(pieces(file), each => progress.push(each))).toEqual({
    lines: 4321,
    inserted: 4321,
    duplicates: 0,
    rejected: [],
  })
  expect(progress.length).toBe(5)
  expect(progress.at(-1)).toEqual({ lines: 4321, inserted: 4321, duplicates: 0, rejected: 0 })
  expect(await importFile(pieces(file))).toEqual({ lines: 4321, inserted: 0, duplicates: 4321, rejected: [] })
  expect(await stored()).toBe(4321)
})

test('an import that was cut off is resumed by starting it again', async () => {
  const file = ndjson(3500)
  async function* broken() {
    yield* pieces(file.slice(0, file.length / 2))
    throw new Error('the disk is gone')
  }
  await expect(importFile(broken())).rejects.toThrow('the disk is gone')
  const before = await stored()
  expect(before).toBeGreaterThan(0)
  expect(await importFile(pieces(file))).toMatchObject({ inserted: 3500 - before, duplicates: before })
  expect(await stored()).toBe(3500)
})

test('events of any age get the partitions that they need', async () => {
  const years = [2003, 2010, 2015, 2021]
  const file = years.map(year => ndjson(3, { created_at: `${year}-02-28T23:59:59.999999Z` })).join('\n')
  expect(await importFile(pieces(file))).toMatchObject({ inserted: 12, rejected: [] })
  const { rows } = await database.admin.query(
    'SELECT DISTINCT tableoid::regclass::text AS partition FROM analytics_events ORDER BY 1',
  )
  expect(rows.map(row => row.partition)).toEqual(years.map(year => `analytics_events_${year}_02`))
})

test('a line that is no event is reported by its number and spoils nothing', async () => {
  const invalidUtf8 = Buffer.concat([Buffer.from('{"end_user_id":"'), Buffer.from([0xff]), Buffer.from('"}')])
  const file = Buffer.concat([
    Buffer.from(`\ufeff${ndjson(1)}\r\n\n   \n{"id": 1}\n`),
    invalidUtf8,
    Buffer.from(`\n{oops\n${ndjson(1, { agent_id: cast.globex.agent.id })}\nnull\n${ndjson(1)}`),
  ])
  const answer = await importFile(pieces(file, 7))
  expect(answer).toMatchObject({ lines: 7, inserted: 2, duplicates: 0 })
  expect(answer.rejected.map(({ line, code }) => [line, code])).toEqual([
    [4, 'analytics.id_invalid'],
    [5, 'analytics.line_not_utf8'],
    [6, 'analytics.line_not_json'],
    [7, 'analytics.agent_unknown'],
    [8, 'analytics.event_invalid'],
  ])
})

test('an organization that does not exist is refused, and nothing goes on behind it', async () => {
  const gone = '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a69'
  await expect(importFile(pieces(ndjson(5000)), undefined, gone)).rejects.toMatchObject({
    code: 'organizations.not_found',
  })
  expect(await stored()).toBe(0)
})

test('an empty file is fine', async () => {
  expect(await importFile(pieces('\n\n'))).toEqual({ lines: 0, inserted: 0, duplicates: 0, rejected: [] })
})
