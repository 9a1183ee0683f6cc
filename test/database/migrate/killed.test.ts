import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { MIGRATIONS_DIRECTORY } from '../../../src/database/migrate/files.ts'
import { migrate, migrationStatus } from '../../../src/database/migrate/index.ts'
import { type CompiledSource, compileSource } from '../../support/compile.ts'
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts'
import { closeGate } from '../../support/gate.ts'
import { writeMigrations } from '../../support/migrations.ts'

let compiled: CompiledSource
let database: TestDatabase
beforeAll(() => {
  compiled = compileSource()
})
afterEach(() => database.drop())
afterAll(() => compiled.remove())

const FIRST = { '0001_first.sql': 'CREATE TABLE first (id int);' }
const run = (directory: string) => migrate({ url: database.adminUrl, directory, report: () => {} })

test('killed in the midst of the files: the old state; the next run applies all of them', async () => {
  database = await createEmptyDatabase()
  const gate = await closeGate(database.adminUrl)
  const directory = writeMigrations({
    ...FIRST,
    '0002_second.sql': `CREATE TABLE second (id int); ${gate.sql};`,
  })
  const child = startMigration(directory)
  await gate.reached()
  await killDead(child)
  expect(await found('first', 'second', 'tenantry_migrations')).toEqual([])
  await gate.open()
  expect(await run(directory)).toEqual({ applied: ['0001_first.sql', '0002_second.sql'] })
})

test('killed while waiting for another migration: that one goes on, and nobody waits for the dead', async () => {
  database = await createEmptyDatabase()
  const gate = await closeGate(database.adminUrl)
  const directory = writeMigrations({ '0001_first.sql': `CREATE TABLE first (id int); ${gate.sql};` })
  const first = run(directory)
  await gate.reached()
  const child = startMigration(directory)
  await once(child.stdout ?? child, 'data') // it says that it waits
  child.kill('SIGKILL')
  await once(child, 'exit')
  await gate.open()
  expect(await first).toEqual({ applied: ['0001_first.sql'] })
  expect(await run(directory)).toEqual({ applied: [] })
})

test('killed while an index is built: the files before it stay, and the next run builds it anew', async () => {
  database = await createEmptyDatabase()
  await run(writeMigrations(FIRST))
  const writer = await database.admin.connect()
  await writer.query('BEGIN; INSERT INTO first VALUES (1)')
  const directory = writeMigrations({
    ...FIRST,
    '0002_second.sql': 'CREATE TABLE second (id int);',
    '0003_index.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS first_id ON first (id);',
  })
  const child = startMigration(directory)
  await vi.waitFor(async () => expect(await found('first_id')).toEqual(['first_id']), { timeout: 30_000 })
  await killDead(child)
  expect((await migrationStatus({ url: database.adminUrl, directory })).map(file => file.state)).toEqual([
    'applied',
    'applied',
    'pending',
  ])
  await writer.query('COMMIT')
  writer.release()
  expect(await run(directory)).toEqual({ applied: ['0003_index.sql'] })
  const { rows } = await database.admin.query(
    `SELECT indisvalid FROM pg_index WHERE indexrelid = 'first_id'::regclass`,
  )
  expect(rows).toEqual([{ indisvalid: true }])
})

/** The real migrations, as they are when this file begins. */
const REAL = Object.fromEntries(
  readdirSync(MIGRATIONS_DIRECTORY)
    .filter(name => name.endsWith('.sql'))
    .map(name => [name, readFileSync(join(MIGRATIONS_DIRECTORY, name), 'utf8')]),
)
const NAMES = Object.keys(REAL)
const OUTSIDE = NAMES.filter(name => REAL[name]?.startsWith('-- no-transaction'))
const ORDINARY = NAMES.filter(name => !OUTSIDE.includes(name))

test.each([
  { name: ORDINARY.at(0), expected: 0 },
  { name: ORDINARY.at(-1), expected: 0 },
  { name: OUTSIDE.at(0), expected: ORDINARY.length },
])(
  'killed at the end of the real $name: none or all ordinary ones are applied, and the next run completes them',
  async point => {
    database = await createEmptyDatabase()
    const gate = await closeGate(database.adminUrl)
    const name = point.name ?? 'none'
    const directory = writeMigrations({ ...REAL, [name]: `${REAL[name]}\n;${gate.sql};` })
    const child = startMigration(directory)
    await gate.reached()
    await killDead(child)
    expect(await countApplied(directory)).toBe(point.expected)
    expect(await found('organizations', 'analytics_events', 'tenantry_migrations')).toHaveLength(
      point.expected && 3,
    )
    await gate.open()
    await run(directory)
    expect(await countApplied(directory)).toBe(NAMES.length)
  },
)

test('killed at any moment of the real migrations: the old state or the new one, and the next run completes it', async () => {
  const directory = writeMigrations(REAL)
  database = await createEmptyDatabase()
  const begun = Date.now()
  await once(startMigration(directory), 'exit')
  const duration = Date.now() - begun
  for (const fraction of [0.5, 0.75, 0.9]) {
    await database.drop()
    database = await createEmptyDatabase()
    const child = startMigration(directory)
    await pause(duration * fraction)
    await killDead(child)
    const applied = await countApplied(directory)
    expect(applied === 0 || applied >= ORDINARY.length).toBe(true)
    expect(await found('organizations', 'analytics_events', 'tenantry_migrations')).toHaveLength(applied && 3)
    await run(directory)
    expect(await countApplied(directory)).toBe(NAMES.length)
  }
})

function startMigration(directory: string): ChildProcess {
  const door = pathToFileURL(join(compiled.directory, 'database/migrate/index.js')).href
  const script = `import { migrate } from ${JSON.stringify(door)}
    await migrate({ url: ${JSON.stringify(database.adminUrl)}, directory: ${JSON.stringify(directory)}, report: line => console.log(line) })`
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Kills the process, and its session of the server, which would otherwise finish the statement that it is in. */
async function killDead(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  const sessions = `FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'tenantry migrate%'`
  await database.admin.query(`SELECT pg_terminate_backend(pid) ${sessions}`)
  await vi.waitFor(async () => expect((await database.admin.query(`SELECT ${sessions}`)).rowCount).toBe(0), {
    timeout: 10_000,
  })
}

async function found(...names: string[]): Promise<string[]> {
  const { rows } = await database.admin.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [names],
  )
  return rows.map(row => row.name)
}

async function countApplied(directory: string): Promise<number> {
  const status = await migrationStatus({ url: database.adminUrl, directory })
  return status.filter(file => file.state === 'applied').length
}
