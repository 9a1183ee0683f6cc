import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findEmbeddedPostgres } from '../../src/database/embedded/index.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts'
import { authorize } from '../support/server.ts'
import { buildCli, type CliResult, endOf, runCli, startCli } from './run-cli.ts'

let database: TestDatabase
let cast: Cast
const folder = mkdtempSync(join(tmpdir(), 'tenantry-serve-'))
const started: ChildProcess[] = []

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

type Serving = { child: ChildProcess; url: string; ended: Promise<CliResult> }

/** `tenantry serve --json`, once it has said where it is. */
async function serve(env: Record<string, string>, args: readonly string[] = []): Promise<Serving> {
  const child = startCli(['serve', '--json', ...args], { env: { PORT: '0', ...env } })
  started.push(child)
  const ended = endOf(child)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', text => resolve(JSON.parse(String(text)).url))
    void ended.then(({ stderr }) => reject(new Error(`it ended instead:\n${stderr}`)))
  })
  return { child, url, ended }
}

const status = async (url: string) => (await fetch(url)).status

test('on a migrated database it serves, works and ends in order on SIGTERM', async () => {
  const { child, url, ended } = await serve({ DATABASE_URL: database.url })
  expect(await status(`${url}/`)).toBe(200)
  expect(await status(`${url}/ready`)).toBe(200)
  const { authorization } = await authorize(database, cast.acme)
  const answer = await fetch(`${url}/v1/organizations/${cast.acme.id}/events`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [
        { id: '0197b6a0-0000-7000-8000-000000000001', event_type: 'message.created', created_at: new Date() },
      ],
    }),
  })
  expect([answer.status, await answer.json()]).toMatchObject([200, { inserted: 1 }])

  const signalled = performance.now()
  child.kill('SIGTERM')
  const { exitCode, stdout, stderr } = await ended
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining('stopped')])
  expect(performance.now() - signalled).toBeLessThan(5_000)
  expect(JSON.parse(stdout)).toMatchObject({ url, docs: `${url}/docs` })
  // The worker has said good-bye, and no connection is left behind.
  const { rows } = await database.admin.query(
    `SELECT (SELECT count(*)::integer FROM worker_heartbeats) AS workers,
            (SELECT count(*)::integer FROM analytics_events) AS events`,
  )
  expect(rows).toEqual([{ workers: 0, events: 1 }])
})

test('stopped under load, it has stored every event that it acknowledged', async () => {
  const { child, url, ended } = await serve({ DATABASE_URL: database.url })
  const { authorization } = await authorize(database, cast.acme, ['events:write'])
  const acknowledged: string[] = []
  let enough = () => {}
  const underLoad = new Promise<void>(resolve => {
    enough = resolve
  })
  const post = async () => {
    for (;;) {
      const id = uuidv7()
      const answer = await fetch(`${url}/v1/organizations/${cast.acme.id}/events`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ events: [{ id, event_type: 'load.test' }] }),
      })
      if (answer.status !== 200) return
      acknowledged.push(id)
      if (acknowledged.length >= 200) enough()
    }
  }
  // A connection that is refused or cut off acknowledges nothing.
  const clients = Promise.allSettled(Array.from({ length: 16 }, post))
  await underLoad
  child.kill('SIGTERM')
  expect((await ended).exitCode).toBe(0)
  await clients
  const { rows } = await database.admin.query(
    "SELECT id FROM analytics_events WHERE event_type = 'load.test'",
  )
  const stored = new Set(rows.map(row => row.id))
  expect(acknowledged.filter(id => !stored.has(id))).toEqual([])
  expect(stored.size).toBe(rows.length)
})

test('without --json it tells people where to look and what to type', async () => {
  const child = startCli(['serve'], { env: { PORT: '0', DATABASE_URL: database.url } })
  started.push(child)
  const ended = endOf(child)
  await new Promise(resolve => child.stdout?.once('data', resolve))
  child.kill('SIGINT')
  const { exitCode, stdout } = await ended
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/Dashboard +http:\/\/127\.0\.0\.1:\d+$/m)
  expect(stdout).toContain('npx tenantry organization create')
  expect(stdout).not.toContain(new URL(database.url).password)
})

test('a database that is not migrated is refused, with the command that migrates it', async () => {
  const empty = await createEmptyDatabase()
  const { exitCode, stderr } = await runCli(['serve'], { env: { PORT: '0', DATABASE_URL: empty.url } })
  await empty.drop()
  expect(exitCode).toBe(1)
  expect(stderr).toContain('0001_phase_one.sql is pending and ')
  expect(stderr).toMatch(/^hint: Run `tenantry migrate` first\.$/m)
})

test('a port that is taken is refused with another one to take', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const { exitCode, stdout, stderr } = await runCli(['serve'], {
    env: { PORT: String(port), DATABASE_URL: database.url },
  })
  other.close()
  expect(exitCode).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain(`error: Port ${port} of 127.0.0.1 is taken by another program.`)
  expect(stderr).toMatch(/^hint: .*PORT=\d+/m)
})

test('faults of the environment are listed together, and nothing is started', async () => {
  const env = { PORT: 'http', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://a:hunter2@b/c' }
  const { exitCode, stderr } = await runCli(['serve'], { env })
  expect(exitCode).toBe(1)
  for (const name of Object.keys(env)) expect(stderr).toContain(`${name}: `)
  expect(stderr).not.toContain('hunter2')
})

test('a second signal ends it at once, whatever is still under way', async () => {
  const { child, url, ended } = await serve({ DATABASE_URL: database.url })
  const { authorization } = await authorize(database, cast.acme)
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  // A body that never comes whole: the server waits for the rest of it.
  socket.write(
    `POST /v1/organizations/${cast.acme.id}/events HTTP/1.1\r\nhost: here\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n`,
  )
  await new Promise(resolve => socket.once('data', resolve))
  const stopping = new Promise<void>(resolve => {
    child.stderr?.on('data', text => String(text).includes('stopping') && resolve())
  })
  child.kill('SIGINT')
  await stopping
  const signalled = performance.now()
  child.kill('SIGINT')
  await ended
  expect(child.signalCode).toBe('SIGINT')
  expect(performance.now() - signalled).toBeLessThan(1_000)
  socket.destroy()
})

test('without DATABASE_URL it makes, migrates, holds and stops a database of its own', async () => {
  const env = { TENANTRY_DATA_DIR: join(folder, 'own'), TENANTRY_SAMPLE_DATA: 'off' }
  const { child, url, ended } = await serve(env)
  expect(await status(`${url}/ready`)).toBe(200)
  const running = await findEmbeddedPostgres(env.TENANTRY_DATA_DIR)
  expect(running?.pid).toBeGreaterThan(0)

  const second = await runCli(['serve'], { env: { PORT: '0', ...env } })
  expect(second.exitCode).toBe(1)
  expect(second.stderr).toContain(String(child.pid))

  const signalled = performance.now()
  child.kill('SIGINT')
  expect((await ended).exitCode).toBe(0)
  expect(performance.now() - signalled).toBeLessThan(5_000)
  expect(await findEmbeddedPostgres(env.TENANTRY_DATA_DIR)).toBeUndefined()

  const again = await serve(env) // and the data is there
  expect(await status(`${again.url}/ready`)).toBe(200)

  // Its database is killed: the server says so and ends, for whoever restarts it.
  const killed = await findEmbeddedPostgres(env.TENANTRY_DATA_DIR)
  process.kill(killed?.pid ?? 0, 'SIGKILL')
  const { exitCode, stdout, stderr } = await again.ended
  expect(exitCode).toBe(1)
  expect(stderr).toContain('has ended; its log is')
  expect(JSON.parse(stdout)).toMatchObject({ url: again.url }) // still the one document
})
