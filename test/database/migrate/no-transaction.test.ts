import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate, migrationStatus } from '../../../src/database/migrate/index.ts'
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts'
import { writeMigrations } from '../../support/migrations.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createEmptyDatabase()
})
afterEach(() => database.drop())

const TABLE = {
  '0001_first.sql': 'CREATE TABLE first (id int, name text); INSERT INTO first VALUES (1), (1), (2);',
}
const INDEX = `-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS first_name ON first (name);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS first_id ON first (id);
`

const run = (directory: string) => migrate({ url: database.adminUrl, directory, report: () => {} })

async function indexes() {
  const { rows } = await database.admin.query<{ name: string; valid: boolean; owner: string }>(
    `SELECT relname AS name, indisvalid AS valid, relowner::regrole::text AS owner
     FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE indrelid = 'first'::regclass ORDER BY relname`,
  )
  return rows
}

test('a file that failed half-way is taken up again, and what its index build left is replaced', async () => {
  const directory = writeMigrations({ ...TABLE, '0002_index.sql': INDEX })
  await expect(run(directory)).rejects.toMatchObject({
    code: 'database.migration_failed',
    message: expect.stringMatching(
      /^0002_index\.sql:3: could not create unique index .*\n.*\n {2}detail: Key \(id\)=\(1\)/,
    ),
  })
  // The ordinary file before it stays applied; the failed build left an index that no query uses.
  expect(await migrationStatus({ url: database.adminUrl, directory })).toEqual([
    { name: '0001_first.sql', state: 'applied' },
    { name: '0002_index.sql', state: 'pending' },
  ])
  expect(await indexes()).toMatchObject([
    { name: 'first_id', valid: false },
    { name: 'first_name', valid: true },
  ])

  await database.admin.query('UPDATE first SET id = 3 WHERE ctid = (SELECT min(ctid) FROM first)')
  expect(await run(directory)).toEqual({ applied: ['0002_index.sql'] })
  expect(await indexes()).toMatchObject([
    { name: 'first_id', valid: true },
    { name: 'first_name', valid: true },
  ])
})

test('an index on a table of a host is built as its owner', async () => {
  await database.admin.query('CREATE TABLE first (id int, name text)')
  const owner = (await database.admin.query<{ owner: string }>('SELECT current_user AS owner')).rows[0]?.owner
  await run(writeMigrations({ '0001_index.sql': INDEX }))
  expect(await indexes()).toMatchObject([
    { valid: true, owner },
    { valid: true, owner },
  ])
})

test('an index build waits for open transactions instead of beginning again', async () => {
  await run(writeMigrations(TABLE))
  await database.admin.query('UPDATE first SET id = 3 WHERE ctid = (SELECT min(ctid) FROM first)')
  const writer = await database.admin.connect()
  await writer.query('BEGIN; INSERT INTO first VALUES (7)')
  const lines: string[] = []
  const directory = writeMigrations({ ...TABLE, '0002_index.sql': INDEX })
  const migration = migrate({ url: database.adminUrl, directory, report: line => lines.push(line) })
  const before = await buildWaiting()
  await writer.query('SELECT pg_sleep(1.2)') // longer than the lock timeout of other statements
  expect(await buildWaiting()).toBe(before)
  await writer.query('COMMIT')
  writer.release()
  expect(await migration).toEqual({ applied: ['0002_index.sql'] })
})

/** The oid of the index whose build waits for an open transaction. */
async function buildWaiting(): Promise<number> {
  const end = Date.now() + 10_000
  for (;;) {
    const { rows } = await database.admin.query<{ index: number }>(
      `SELECT index_relid::int AS index FROM pg_stat_progress_create_index WHERE phase LIKE 'waiting for writers%' AND index_relid <> 0`,
    )
    if (rows[0]) return rows[0].index
    if (Date.now() > end) throw new Error('no index build waits')
  }
}
