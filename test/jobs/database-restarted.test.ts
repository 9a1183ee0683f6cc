import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded/index.ts'
import { migrate } from '../../src/database/migrate/index.ts'
import { createPool } from '../../src/database/pool.ts'
import { waitForMetrics } from '../../src/domains/analytics/index.ts'
import { startWorker, type Worker } from '../../src/jobs/worker.ts'
import { writeEvents } from '../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { WORKER_DEFAULTS } from '../support/worker-defaults.ts'
import { ERROR, writtenLog } from './written-log.ts'

let postgres: EmbeddedPostgres
let pool: pg.Pool
let admin: pg.Pool
let cast: Cast
let worker: Worker | undefined
const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-restart-'))
const { log, lines } = writtenLog()

const start = () => startEmbeddedPostgres({ dataDir, log: () => {} })

beforeAll(async () => {
  postgres = await start()
  await migrate({ url: postgres.adminUrl, login: 'tenantry', report: () => {} })
  pool = createPool({ url: postgres.url, max: 4, name: 'tenantry jobs' })
  admin = createPool({ url: postgres.adminUrl, max: 4, name: 'tenantry test' })
  cast = await insertCast(admin)
  worker = await startWorker({ url: postgres.url, pool, log, now: () => new Date(), ...WORKER_DEFAULTS })
})
afterAll(async () => {
  await worker?.stop()
  await Promise.all([pool?.end(), admin?.end()])
  await postgres?.stop()
  for (const folder of [postgres?.dataDir ?? dataDir, dataDir])
    rmSync(folder, { recursive: true, force: true })
})

async function writeMessage(number: number): Promise<void> {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  const created_at = '2024-02-10T12:00:00Z'
  await writeEvents(admin, [{ id, organization_id: cast.acme.id, event_type: 'message.created', created_at }])
}

async function stored(): Promise<number> {
  return (await admin.query('SELECT total_messages FROM daily_metrics')).rows[0]?.total_messages
}

test('a worker goes on after a restart of the database, and says it once', async () => {
  await writeMessage(1)
  await waitForMetrics(pool)

  const { port } = postgres
  await postgres.stop()
  await pause(2_000) // long enough that everything has been tried in vain
  postgres = await start()
  expect(postgres.port).toBe(port)

  await writeMessage(2)
  await waitForMetrics(pool)
  expect(await stored()).toBe(2)
  const errors = lines.filter(({ level }) => level === ERROR).map(({ msg }) => msg)
  expect(errors).toEqual(['worker: the database cannot be reached; trying until it can'])
  expect(lines.map(({ msg }) => msg)).toContain('worker: the database is back')
})

test('a job that the database took down with it is done again', async () => {
  const holder = await admin.connect()
  await holder.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
    `analytics.metrics:${cast.acme.id}`,
  ])
  await writeMessage(3)
  for (;;) {
    const { rowCount } = await admin.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    if (rowCount) break
  }
  process.kill(postgres.pid, 'SIGQUIT') // ends every connection where it stands; the next start recovers
  await postgres.lost
  holder.release(true)
  await postgres.stop()
  postgres = await start()

  await waitForMetrics(pool)
  expect(await stored()).toBe(3)
})
