import { afterEach, expect, test } from 'vitest'
import { migrate, migrationStatus } from '../../../src/database/migrate/index.ts'
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts'
import { writeMigrations } from '../../support/migrations.ts'

let database: TestDatabase
afterEach(() => database.drop())

const FIRST = 'CREATE TABLE first (id int);'

async function run(files: Record<string, string>) {
  return migrate({ url: database.adminUrl, directory: writeMigrations(files), report: () => {} })
}

async function tables(): Promise<string[]> {
  const { rows } = await database.admin.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  )
  return rows.map(row => row.name)
}

test('an edited file is refused by name, and no pending one is applied', async () => {
  database = await createEmptyDatabase()
  await run({ '0001_first.sql': FIRST })
  const before = await tables()
  const files = { '0001_first.sql': `${FIRST} -- better`, '0002_second.sql': 'CREATE TABLE second (id int);' }
  await expect(run(files)).rejects.toMatchObject({
    code: 'database.migration_edited',
    message: expect.stringContaining('0001_first.sql'),
  })
  expect(await tables()).toEqual(before)
})

test('a checkout with other line ends is not an edit', async () => {
  database = await createEmptyDatabase()
  await run({ '0001_first.sql': `-- why\n${FIRST}\n` })
  expect(await run({ '0001_first.sql': `-- why\r\n${FIRST}\r\n` })).toEqual({ applied: [] })
})

test('a database that a newer version has migrated is refused', async () => {
  database = await createEmptyDatabase()
  await run({ '0001_first.sql': FIRST, '0002_second.sql': 'CREATE TABLE second (id int);' })
  await expect(run({ '0001_first.sql': FIRST })).rejects.toMatchObject({
    code: 'database.migration_unknown',
    message: expect.stringContaining('0002_second.sql'),
  })
})

test('a statement that fails is shown with file, line and hint, and no file of the run is applied', async () => {
  database = await createEmptyDatabase()
  const files = {
    '0001_first.sql': FIRST,
    '0002_second.sql': '-- why\nSELECT 1;\nSELECT\n  idd\nFROM first;',
  }
  await expect(run(files)).rejects.toMatchObject({
    code: 'database.migration_failed',
    message: expect.stringMatching(
      /^0002_second\.sql:4: column "idd" does not exist \(42703\)\n {2}idd\n.*hint: .*"first\.id"/s,
    ),
    details: { name: '0002_second.sql', line: 4, sqlstate: '42703' },
  })
  expect(await tables()).toEqual([])
  const status = await migrationStatus({ url: database.adminUrl, directory: writeMigrations(files) })
  expect(status.map(file => file.state)).toEqual(['pending', 'pending'])
})

test('the status tells the four states apart, also to the login', async () => {
  database = await createEmptyDatabase()
  const login = new URL(database.url).username
  const directory = writeMigrations({
    '0001_a.sql': FIRST,
    '0002_b.sql': 'SELECT 1',
    '0003_c.sql': 'SELECT 1',
  })
  await migrate({ url: database.adminUrl, login, directory, report: () => {} })
  const other = writeMigrations({ '0001_a.sql': FIRST, '0002_b.sql': 'SELECT 2', '0004_d.sql': 'SELECT 1' })
  expect(await migrationStatus({ url: database.url, directory: other })).toEqual([
    { name: '0001_a.sql', state: 'applied' },
    { name: '0002_b.sql', state: 'edited' },
    { name: '0003_c.sql', state: 'unknown' },
    { name: '0004_d.sql', state: 'pending' },
  ])
})

test('a connection that breaks while the status is read fails the reading, not the process', async () => {
  database = await createEmptyDatabase()
  const directory = writeMigrations({ '0001_first.sql': FIRST })
  await migrate({ url: database.adminUrl, directory, report: () => {} })
  const holder = await database.admin.connect()
  await holder.query('BEGIN; LOCK tenantry_migrations')
  const reading = migrationStatus({ url: database.adminUrl, directory })
  const broken = expect(reading).rejects.toThrow()
  const END = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'tenantry migrate status' AND wait_event_type = 'Lock'`
  while ((await database.admin.query(END)).rowCount === 0);
  await broken
  await holder.query('ROLLBACK')
  holder.release()
})

test('a dry run tells what it would do and changes nothing', async () => {
  database = await createEmptyDatabase()
  const lines: string[] = []
  const directory = writeMigrations({ '0001_first.sql': FIRST })
  const result = await migrate({
    url: database.adminUrl,
    directory,
    dryRun: true,
    report: line => lines.push(line),
  })
  expect(result).toEqual({ applied: ['0001_first.sql'] })
  expect(lines.at(-1)).toBe('would apply: 0001_first.sql')
  expect(lines[0]).toMatch(/^would run: GRANT CREATE ON DATABASE/)
  expect(await tables()).toEqual([])
  const { rowCount } = await database.admin.query(
    `SELECT FROM pg_namespace WHERE nspname = 'graphile_worker'`,
  )
  expect(rowCount).toBe(0)
})
