import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, documentOf, runCli } from './run-cli.ts'

let database: TestDatabase
let cast: Cast
let folder: string

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  folder = mkdtempSync(join(tmpdir(), 'tenantry-cli-'))
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const tenantry = (args: string[], stdin = '') => runCli(args, { env: { DATABASE_URL: database.url }, stdin })

let events: string

beforeEach(() => {
  events = [0, 1, 2]
    .map(n => ({
      id: uuidv7({ msecs: Date.parse('2023-05-06T07:08:09Z') + n }),
      event_type: 'message.created',
      end_user_id: `visitor ${n}`,
    }))
    .map(event => JSON.stringify(event))
    .join('\n')
})
const importFile = (text: string, ...more: string[]) => {
  const file = join(folder, 'events.ndjson')
  writeFileSync(file, text)
  return tenantry(['events', 'import', file, '--organization', cast.acme.id, ...more])
}

test('stores events of any age, once however often it is run', async () => {
  const first = await importFile(events)
  expect(first).toMatchObject({
    exitCode: 0,
    stdout: '3 events stored, 0 were there already, 0 rejected\n',
    stderr: '',
  })
  const again = await importFile(events, '--json')
  expect(again.exitCode).toBe(0)
  expect(documentOf(again)).toEqual({
    lines: 3,
    inserted: 0,
    duplicates: 3,
    rejected: [],
    rejected_count: 0,
    resumed_after: 0,
  })
})

test('reads standard input', async () => {
  const args = ['events', 'import', '-', '--organization', cast.acme.id, '--json']
  expect(documentOf(await tenantry(args, `${events}\n`))).toMatchObject({ inserted: 3, rejected_count: 0 })
})

test('reads CSV where the name or --format says so', async () => {
  const csv = `id,event_type,end_user_id\n${uuidv7()},message.created,somebody\n`
  const args = ['events', 'import', '-', '--organization', cast.acme.id, '--json']
  expect(documentOf(await tenantry([...args, '--format', 'csv'], csv))).toMatchObject({ inserted: 1 })
  const file = join(folder, 'events.csv')
  writeFileSync(file, csv)
  expect(documentOf(await tenantry([...args.with(2, file)]))).toMatchObject({ duplicates: 1 })
})

test('a bad line spoils no other; it is named and the exit code says that there was one', async () => {
  const [one, two, three] = events.split('\n')
  const result = await importFile([one, '{"event_type": 3}', two, 'nonsense', three].join('\n'), '--json')
  expect(result.exitCode).toBe(1)
  expect(documentOf(result)).toMatchObject({
    inserted: 3,
    rejected_count: 2,
    rejected: [{ line: 2 }, { line: 4, code: 'analytics.line_not_json' }],
  })
  expect(result.stderr).toMatch(/^error: line 2: .+\nerror: line 4: .+\nhint: .+\n$/)
})

test('refuses a file that is not there before anything else', async () => {
  const args = ['events', 'import', join(folder, 'none'), '--organization', cast.acme.id, '--json']
  const result = await tenantry(args)
  expect(result.exitCode).toBe(1)
  expect(documentOf(result).error.code).toBe('cli.file_unreadable')
})
