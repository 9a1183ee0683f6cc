import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSample } from '../../../src/maintenance/sample-data/load-sample.ts'
import { writeScript } from '../../../src/maintenance/sample-data/write-script.ts'
import { storedFigures } from '../../domains/analytics/stored-figures.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { TINY } from './tiny-scale.ts'

const input = { ...TINY, scale: { organizations: 5, largest: 3 } }
const script = [...writeScript(input)].join('')
let scripted: TestDatabase
let loaded: TestDatabase
let rows: Readonly<Record<string, number>>

beforeAll(async () => {
  ;[scripted, loaded] = await Promise.all([createTestDatabase(), createTestDatabase()])
  await run(scripted)
  rows = (await loadSample(loaded.pool, input)).rows
})
afterAll(() => Promise.all([scripted.drop(), loaded.drop()]))

/** As psql would, without the lines that are for psql alone. */
async function run(database: TestDatabase): Promise<void> {
  const client = await database.admin.connect()
  try {
    await client.query(script.replaceAll(/^\\.*$/gm, ''))
  } finally {
    client.release(true)
  }
}

test('the script leaves the same rows as loading does', async () => {
  // Which columns the database fills in by itself, at the time that it happens.
  const ownTimes = "'{received_at,marked_at,computed_at}'::text[]"
  const digestOf = async ({ admin }: TestDatabase, table: string) =>
    (
      await admin.query(
        `SELECT count(*), md5(string_agg(line, '' ORDER BY line)) FROM (
           SELECT (to_jsonb(t) - ${ownTimes})::text AS line FROM ${table} t) lines`,
      )
    ).rows
  for (const table of Object.keys(rows))
    expect([table, await digestOf(scripted, table)]).toEqual([table, await digestOf(loaded, table)])
})

test('the metrics are in the script, equal to those of the live roll-up', async () => {
  const figures = await storedFigures(scripted.admin)
  expect(figures).toEqual(await storedFigures(loaded.admin))
  expect(figures.days.length).toBeGreaterThan(100)
  const { rows } = await scripted.admin.query('SELECT count(*) FROM rollup_dirty')
  expect(rows).toEqual([{ count: 0 }])
})

test('run again it refuses and changes nothing', async () => {
  await expect(run(scripted)).rejects.toThrow('holds organizations already')
  const { rows } = await scripted.admin.query('SELECT count(*) FROM organizations')
  expect(rows).toEqual([{ count: 5 }])
})

test('the same seed at the same time writes the same script', () => {
  expect([...writeScript(input)].join('')).toBe(script)
})
