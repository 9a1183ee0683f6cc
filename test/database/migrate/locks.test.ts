import { afterEach, expect, test, vi } from 'vitest'
import { migrate } from '../../../src/database/migrate/index.ts'
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts'
import { closeGate } from '../../support/gate.ts'
import { writeMigrations } from '../../support/migrations.ts'

let database: TestDatabase
afterEach(() => database.drop())

/** Runs a migration and gives an event for each line that it reports. */
function start(directory: string, lockPatienceMs = 30_000) {
  const lines: string[] = []
  let told: (line: string) => void = () => {}
  const firstLine = new Promise<string>(resolve => {
    told = resolve
  })
  const report = (line: string) => {
    lines.push(line)
    told(line)
  }
  return { lines, firstLine, done: migrate({ url: database.adminUrl, directory, lockPatienceMs, report }) }
}

test('of two at once one waits, then finds nothing to do', async () => {
  database = await createEmptyDatabase()
  const gate = await closeGate(database.adminUrl)
  const directory = writeMigrations({ '0001_first.sql': `CREATE TABLE first (id int); ${gate.sql};` })
  const first = start(directory)
  await gate.reached()
  const second = start(directory)
  expect(await second.firstLine).toContain('waiting')
  await gate.open()
  expect(await first.done).toEqual({ applied: ['0001_first.sql'] })
  expect(await second.done).toEqual({ applied: [] })
})

test('a migration that does not get a lock lets others pass and tries again', async () => {
  database = await createEmptyDatabase()
  const files = { '0001_first.sql': 'CREATE TABLE first (id int);' }
  await start(writeMigrations(files)).done
  const writer = await database.admin.connect()
  await writer.query('BEGIN; INSERT INTO first VALUES (1)')

  const migration = start(
    writeMigrations({ ...files, '0002_second.sql': 'ALTER TABLE first ADD COLUMN name text;' }),
  )
  await waitingFor('AccessExclusiveLock')
  // Queued behind the migration: it is served as soon as that one steps back, while the writer still holds its lock.
  const begun = Date.now()
  await database.admin.query('SELECT count(*) FROM first')
  expect(Date.now() - begun).toBeLessThan(2_000)

  await waitingFor('AccessExclusiveLock')
  await writer.query('COMMIT')
  writer.release()
  expect(await migration.done).toEqual({ applied: ['0002_second.sql'] })
})

test('where the lock is never to be had, the migration ends with what to do, and nothing is changed', async () => {
  database = await createEmptyDatabase()
  const files = { '0001_first.sql': 'CREATE TABLE first (id int);' }
  await start(writeMigrations(files)).done
  const writer = await database.admin.connect()
  await writer.query('BEGIN; INSERT INTO first VALUES (1)')
  const second = {
    '0002_a.sql': 'CREATE TABLE a (id int);',
    '0003_b.sql': 'ALTER TABLE first ADD COLUMN name text;',
  }
  await expect(start(writeMigrations({ ...files, ...second }), 1_000).done).rejects.toMatchObject({
    code: 'database.lock_not_granted',
    kind: 'unavailable',
  })
  await writer.query('ROLLBACK')
  writer.release()
  const { rows } = await database.admin.query(`SELECT to_regclass('a') AS a`)
  expect(rows).toEqual([{ a: null }])
})

async function waitingFor(mode: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rowCount } = await database.admin.query(
        `SELECT FROM pg_locks WHERE relation = 'first'::regclass AND mode = $1 AND NOT granted`,
        [mode],
      )
      if (rowCount === 0) throw new Error(`nobody waits for an ${mode}`)
    },
    { timeout: 10_000, interval: 10 },
  )
}
