import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Format, type ImportProgress, importEvents } from '../../../src/domains/analytics/index.ts'
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
const pieces = (file: string | Buffer, size = 1013) =>
  async function* () {
    const bytes = Buffer.from(file)
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
  }

const importFile = (
  file: () => AsyncIterable<Uint8Array>,
  onProgress?: (progress: ImportProgress) => void,
  organizationId = cast.acme.id,
  format: Format = 'ndjson',
) =>
  importEvents(database.pool, {
    organizationId,
    file,
    format,
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
    resumedAfter: 0,
  })
  expect(progress.length).toBe(5)
  expect(progress.at(-1)).toEqual({ lines: 4321, inserted: 4321, duplicates: 0, rejected: 0 })
  expect(await importFile(pieces(file))).toEqual({
    lines: 4321,
    inserted: 0,
    duplicates: 4321,
    rejected: [],
    resumedAfter: 0,
  })
  expect(await stored()).toBe(4321)
})

test('an import that was stopped goes on behind what it had stored, and counts as one', async () => {
  const file = `${ndjson(25_000)}\nnonsense\n${ndjson(1000)}`
  let readings = 0
  const broken = () => {
    const bytes = pieces(++readings === 1 ? file : file.slice(0, file.length / 2), 65_536)
    return (async function* () {
      yield* bytes()
      if (readings === 2) throw new Error('the disk is gone')
    })()
  }
  await expect(importFile(broken)).rejects.toThrow('the disk is gone')
  expect(await stored()).toBeGreaterThan(10_000)
  const { rows } = await database.admin.query('SELECT position FROM ingest_progress')
  expect(rows).toEqual([{ position: expect.objectContaining({ last: 10_000, inserted: 10_000 }) }])
  const sent: ImportProgress[] = []
  expect(await importFile(pieces(file, 65_536), progress => sent.push(progress))).toMatchObject({
    lines: 26_001,
    rejected: [{ line: 25_001, code: 'analytics.line_not_json' }],
    resumedAfter: 10_000,
  })
  expect(sent[0]?.lines).toBe(11_000)
  expect(await stored()).toBe(26_000)
  expect((await database.admin.query('SELECT FROM ingest_progress')).rowCount).toBe(0)
  expect(await importFile(pieces(file, 65_536))).toMatchObject({ duplicates: 26_000, resumedAfter: 0 })
})

describe('a CSV file', () => {
  const [one, two] = ['018f4e6e-7b2c-7d10-9c5e-2f1a0b3c4d5e', '018f4e6e-7b2c-7d10-9c5e-2f1a0b3c4d5f']
  const importCsv = (text: string | Buffer) => importFile(pieces(text, 11), undefined, cast.acme.id, 'csv')
  const events = async () => {
    const { rows } = await database.admin.query(
      'SELECT id, event_type, end_user_id, properties FROM analytics_events ORDER BY id',
    )
    return rows
  }

  test('names its fields in the first line, properties as JSON or in columns of their own', async () => {
    const csv = [
      '\ufeffid,event_type,end_user_id,properties.tokens,properties.paid,properties.plz,properties',
      `${one},message.created,"a ""b"", c",12,true,01234,"{""tokens"": 1, ""x"": [null]}"`,
      '',
      `${two},message.created,"two\r\nlines",,,,`,
    ].join('\r\n')
    expect(await importCsv(csv)).toMatchObject({ lines: 2, inserted: 2, rejected: [] })
    expect(await events()).toEqual([
      {
        id: one,
        event_type: 'message.created',
        end_user_id: 'a "b", c',
        properties: { tokens: 12, x: [null], paid: true, plz: '01234' },
      },
      { id: two, event_type: 'message.created', end_user_id: 'two\r\nlines', properties: {} },
    ])
    expect(await importCsv(csv)).toMatchObject({ inserted: 0, duplicates: 2 })
  })

  test('has its wrong records reported by their lines, and they spoil nothing', async () => {
    const answer = await importCsv(
      Buffer.concat([
        Buffer.from(`id,event_type,properties\n1,a,\n${one},a,{oops\n${one},a\n${one},a"b,\n${one},`),
        Buffer.from([0xff]),
        Buffer.from(`,\n${two},fine,\n${one},"never closed,\n`),
      ]),
    )
    expect(answer.inserted).toBe(1)
    expect(answer.rejected.map(({ line, code }) => [line, code])).toEqual([
      [2, 'analytics.id_invalid'],
      [3, 'analytics.properties_invalid'],
      [4, 'analytics.line_not_csv'],
      [5, 'analytics.line_not_csv'],
      [6, 'analytics.line_not_utf8'],
      [8, 'analytics.line_not_csv'],
    ])
  })

  test('with a column that no event has is refused as a whole', async () => {
    await expect(importCsv(`id,type,id\n${one},a,b`)).rejects.toMatchObject({
      code: 'analytics.csv_header_invalid',
      message: expect.stringMatching(/"type" is no field.*"id" stands there twice.*"event_type" is missing/),
    })
    expect(await stored()).toBe(0)
  })
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
  expect(await importFile(pieces('\n\n'))).toEqual({
    lines: 0,
    inserted: 0,
    duplicates: 0,
    rejected: [],
    resumedAfter: 0,
  })
})
