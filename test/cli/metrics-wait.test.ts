import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, documentOf, endOf, runCli, startCli } from './run-cli.ts'

let database: TestDatabase
let cast: Cast
let env: Record<string, string>

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  env = { DATABASE_URL: database.url }
})
afterAll(() => database.drop())
afterEach(() => database.admin.query('DELETE FROM rollup_dirty; DELETE FROM worker_heartbeats'))

const mark = () => database.admin.query('INSERT INTO rollup_dirty VALUES ($1, now(), now())', [cast.acme.id])

test('ends at once where no day waits, worker or not', async () => {
  const result = await runCli(['metrics', 'wait', '--json'], { env })
  expect(result.exitCode).toBe(0)
  expect(documentOf(result)).toMatchObject({ current: true })
})

test('is refused where days wait and no worker runs', async () => {
  await mark()
  const result = await runCli(['metrics', 'wait', '--json'], { env })
  expect(result.exitCode).toBe(1)
  expect(documentOf(result).error).toMatchObject({
    code: 'analytics.no_worker',
    hint: expect.stringContaining('tenantry serve'),
  })
})

test('waits for a living worker, until the last day is done', async () => {
  await mark()
  await database.admin.query(
    "INSERT INTO worker_heartbeats (id, host, process_id, version) VALUES (gen_random_uuid(), 'here', 1, '1')",
  )
  const child = startCli(['metrics', 'wait'], { env })
  const ended = endOf(child)
  await untilItLooks()
  expect(child.exitCode).toBeNull()
  await database.admin.query('DELETE FROM rollup_dirty')
  expect(await ended).toMatchObject({ exitCode: 0, stdout: 'the metrics are current\n' })
})

/** Until the command has looked at the markers: its connection then stays, idle between two looks. */
async function untilItLooks(): Promise<void> {
  for (;;) {
    const { rowCount } = await database.admin.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tenantry' AND query = 'COMMIT'",
    )
    if (rowCount !== 0) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
