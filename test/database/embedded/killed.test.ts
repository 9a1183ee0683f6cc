import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../../../src/database/embedded/index.ts'
import { findProcess } from '../../../src/database/embedded/process-identity.ts'
import { Holder } from './support/holder.ts'
import { compile, install, makeFolder } from './support/installation.ts'

const folder = makeFolder()
const log = () => undefined
/** One database goes through all that can befall it; the tests that need a first start have their own. */
const dataDir = join(folder, 'database')
let door: string
beforeAll(() => {
  compile(join(folder, 'compiled'))
  door = install(join(folder, 'installation'), join(folder, 'compiled'))
})
afterAll(async () => {
  await Holder.stopAll()
  rmSync(folder, { recursive: true, force: true })
})

test('on Ctrl-C the server is told first, with a database that still answers, and stops it within 3 s', async () => {
  const holder = new Holder(door, dataDir)
  const { pid } = await holder.hear('started')
  holder.interrupt()
  const stopped = await holder.hear('stopped')
  await holder.ended
  expect(stopped).toMatchObject({ signal: 'SIGINT', answered: true })
  expect(stopped.ms).toBeLessThan(3_000)
  expect(findProcess(pid)).toBeUndefined()
  expect(readFileSync(join(dataDir, 'postgresql/postgresql.log'), 'utf8')).toMatch(
    /database system is shut down\n$/,
  )
})

test('on SIGTERM it stops within 3 s', async () => {
  const holder = new Holder(door, dataDir)
  const { pid } = await holder.hear('started')
  const stopped = await holder.stop()
  expect(stopped).toMatchObject({ signal: 'SIGTERM', answered: true })
  expect(stopped.ms).toBeLessThan(3_000)
  expect(findProcess(pid)).toBeUndefined()
})

test('the database that a killed server left running is taken over, and never joined by a second one', async () => {
  const holder = new Holder(door, dataDir)
  const orphan = await holder.hear('started')
  await holder.kill()
  expect(findProcess(orphan.pid)).toBeDefined()
  expect(await findEmbeddedPostgres(dataDir)).toMatchObject({ pid: orphan.pid })

  const next = new Holder(door, dataDir)
  expect(await next.hear('started')).toMatchObject({ pid: orphan.pid, url: orphan.url, adopted: true })
  await next.stop()
  expect(findProcess(orphan.pid)).toBeUndefined()
})

test('after kill -9 of everything the next start has every acknowledged row', async () => {
  const holder = new Holder(door, dataDir)
  const { pid, adminUrl } = await holder.hear('started')
  const client = new pg.Client(adminUrl)
  client.on('error', () => undefined)
  await client.connect()
  await client.query('CREATE TABLE acknowledged (n int)')
  for (let n = 1; n <= 100; n++) await client.query('INSERT INTO acknowledged VALUES ($1)', [n])
  process.kill(pid, 'SIGKILL')
  await holder.kill()
  await client.end().catch(() => undefined)

  const next = await startEmbeddedPostgres({ dataDir, log })
  expect(next).toMatchObject({ adopted: false, port: Number(new URL(adminUrl).port) })
  expect(await count(next.adminUrl, 'acknowledged')).toBe(100)
  await next.stop()
})

test.skipIf(!existsSync('/proc/self/stat'))(
  'a killed database that is still a zombie holds nothing',
  async () => {
    const holder = new Holder(door, dataDir)
    const { pid } = await holder.hear('started')
    // A stopped parent reaps nothing: its child stays a zombie for as long as the test wants.
    process.kill(holder.pid, 'SIGSTOP')
    process.kill(pid, 'SIGKILL')
    await waitUntil(() => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
    expect(() => process.kill(pid, 0)).not.toThrow()
    rmSync(join(dataDir, 'postgresql/owner.json'))

    const next = await startEmbeddedPostgres({ dataDir, log })
    expect(next.adopted).toBe(false)
    await next.stop()
    await holder.kill()
  },
)

test('a database that cannot stop cleanly is ended, and recovers on its next start', async () => {
  const lines: string[] = []
  const database = await startEmbeddedPostgres({ dataDir, log: line => lines.push(line) })
  const client = new pg.Client(database.adminUrl)
  await client.connect()
  await client.query('CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n')
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`,
  )
  await client.end()
  process.kill(rows[0]?.pid ?? 0, 'SIGSTOP')
  await database.stop()
  expect(lines.join()).toContain('slow to stop')
  expect(findProcess(database.pid)).toBeUndefined()

  const next = await startEmbeddedPostgres({ dataDir, log })
  expect(await count(next.adminUrl, 'kept')).toBe(1000)
  await next.stop()
})

test('of several starts at once on one folder exactly one holds it, and the others say which', async () => {
  const dataDir = join(folder, 'contested')
  mkdirSync(join(dataDir, 'postgresql'), { recursive: true })
  const stale = { pid: process.pid, startedAt: 'long ago', since: 'long ago' }
  writeFileSync(join(dataDir, 'postgresql/owner.json'), JSON.stringify(stale))
  const holders = Array.from({ length: 4 }, () => new Holder(door, dataDir))
  const outcomes = await Promise.all(holders.map(holder => holder.hear('started', 'refused')))
  const holding = holders.filter((_, nth) => outcomes[nth]?.event === 'started')
  expect(holding).toHaveLength(1)
  for (const outcome of outcomes.filter(({ event }) => event === 'refused')) {
    expect(outcome).toMatchObject({
      code: 'database.folder_in_use',
      message: expect.stringContaining(`Process ${holding[0]?.pid} `),
    })
  }
  await holding[0]?.stop()
})

test('a first start killed while the database is being laid out leaves nothing to repair', async () => {
  const dataDir = join(folder, 'half-made')
  const home = join(dataDir, 'postgresql')
  const holder = new Holder(door, dataDir)
  await waitUntil(() => existsSync(home) && readdirSync(home).some(name => name.startsWith('.unfinished-')))
  await holder.kill()
  expect(existsSync(join(home, 'data'))).toBe(false)

  const next = await startEmbeddedPostgres({ dataDir, log })
  await next.stop()
  // What the killed start left may still have been written to during that one; it is gone after the next.
  await (await startEmbeddedPostgres({ dataDir, log })).stop()
  expect(readdirSync(home).filter(name => name.startsWith('.unfinished-'))).toEqual([])
})

test('a copy of a folder in use is a database of its own', async () => {
  const dataDir = join(folder, 'original')
  const original = await startEmbeddedPostgres({ dataDir, log })
  const copy = join(folder, 'copy')
  // Taken between two starts, but with the pid file and the lock of the run that goes on.
  await original.stop()
  spawnSync('cp', ['-a', dataDir, copy])
  const again = await startEmbeddedPostgres({ dataDir, log })
  for (const name of ['data/postmaster.pid', 'owner.json']) {
    writeFileSync(join(copy, 'postgresql', name), readFileSync(join(dataDir, 'postgresql', name)))
  }
  expect(await findEmbeddedPostgres(copy)).toBeUndefined()
  rmSync(join(copy, 'postgresql/owner.json'))
  const other = await startEmbeddedPostgres({ dataDir: copy, log })
  expect(other.adopted).toBe(false)
  expect(other.port).not.toBe(again.port)
  await other.stop()
  expect(await findEmbeddedPostgres(dataDir)).toMatchObject({ pid: again.pid })
  await again.stop()
})

async function count(url: string, table: string): Promise<number | undefined> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)
  await client.end()
  return rows[0]?.n
}

async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 2))
}
