import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPool } from '../../../../src/database/pool.ts'
import { inRole } from '../../../../src/database/transaction.ts'
import type { App } from '../../../../src/http/context.ts'
import { recordHeartbeat } from '../../../../src/queue/heartbeat.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'

let database: TestDatabase
let app: App
let now = new Date('2026-03-01T12:00:00Z')

const WORKER = {
  id: 'ac000000-0000-4000-8000-0000000000c1',
  poolId: null,
  host: 'here',
  processId: 1,
  version: '0',
}

beforeAll(async () => {
  database = await createTestDatabase()
  app = await buildTestServer(database, { context: { now: () => now } })
})
beforeEach(async () => {
  now = new Date(now.getTime() + 10_000) // the answer of the test before is no longer fresh
  await inRole(database.pool, 'tenantry_jobs', tx => recordHeartbeat(tx, WORKER))
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const ask = async (server = app) => {
  const answer = await server.inject({ url: '/ready' })
  return { status: answer.statusCode, ...answer.json() }
}

test('database reachable, migrations applied, a worker alive: ready', async () => {
  expect(await ask()).toEqual({
    status: 'ready',
    checks: [
      { name: 'database', ok: true, detail: 'reachable' },
      { name: 'migrations', ok: true, detail: expect.stringMatching(/^all \d+ applied$/) },
      { name: 'worker', ok: true, detail: '1 alive' },
    ],
  })
})

test('without a living worker it is not ready, and says what to look at', async () => {
  await database.admin.query("UPDATE worker_heartbeats SET last_seen_at = now() - interval '16 seconds'")
  expect(await ask()).toMatchObject({
    status: 503,
    code: 'server.not_ready',
    detail: expect.stringMatching(/^The check "worker" failed: none was seen for 15 s.*restart it\.$/),
  })
})

test('with a migration that is not applied it is not ready, and names the migration and the command', async () => {
  await database.admin.query("UPDATE tenantry_migrations SET name = 'x' WHERE name = '0012_lookups.sql'")
  const answer = await ask()
  await database.admin.query("UPDATE tenantry_migrations SET name = '0012_lookups.sql' WHERE name = 'x'")
  expect(answer).toMatchObject({
    status: 503,
    detail: 'The check "migrations" failed: 0012_lookups.sql is pending. Run "tenantry migrate".',
  })
})

test('a newer version of the schema, applied by the next release already, is no reason to stop', async () => {
  await database.admin.query("INSERT INTO tenantry_migrations (name, sha256) VALUES ('9999_next.sql', '')")
  expect(await ask()).toMatchObject({ status: 'ready' })
})

test('it is asked of the database once a second, however often it is asked here', async () => {
  expect(await ask()).toMatchObject({ status: 'ready' })
  await database.admin.query('DELETE FROM worker_heartbeats')
  now = new Date(now.getTime() + 999)
  expect(await ask()).toMatchObject({ status: 'ready' })
  now = new Date(now.getTime() + 1)
  expect(await ask()).toMatchObject({ status: 503 })
})

test('probes are never refused for their number', async () => {
  const server = await buildTestServer(database, { environment: { RATE_LIMIT_PER_ADDRESS: '1' } })
  for (let probe = 0; probe < 5; probe += 1) {
    expect(await ask(server)).toMatchObject({ status: 'ready' })
    expect((await server.inject({ url: '/health' })).statusCode).toBe(200)
  }
  await server.close()
})

test('a database that is away makes it not ready within seconds, while the process says that it lives', async () => {
  const pool = createPool({
    url: 'postgres://tenantry:hunter2@127.0.0.1:1/none',
    max: 1,
    name: 'tenantry test',
  })
  const server = await buildTestServer({ pool })
  const answer = await ask(server)
  expect(answer).toMatchObject({ status: 503, code: 'server.not_ready' })
  expect(answer.detail).toMatch(
    /^The check "database" failed: cannot be reached\. Check that PostgreSQL runs/,
  )
  expect(JSON.stringify(answer)).not.toContain('hunter2')
  expect((await server.inject({ url: '/health' })).json()).toMatchObject({ status: 'alive' })
  await server.close()
  await pool.end()
})

test('a database that does not answer is given up after two seconds', async () => {
  const pool = createPool({ url: database.url, max: 1, name: 'tenantry test' })
  const server = await buildTestServer({ pool })
  const taken = await pool.connect() // the only connection: the check waits for it
  const started = performance.now()
  expect(await ask(server)).toMatchObject({ status: 503 })
  expect(performance.now() - started).toBeLessThan(4_000)
  taken.release()
  await server.close()
  await pool.end()
})
