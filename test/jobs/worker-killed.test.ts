import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inRole } from '../../src/database/transaction.ts'
import { waitForMetrics } from '../../src/domains/analytics/index.ts'
import { startWorker, type Worker } from '../../src/jobs/worker.ts'
import { countLivingWorkers } from '../../src/queue/heartbeat.ts'
import { buildCli, ROOT } from '../cli/run-cli.ts'
import { writeEvents } from '../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { WORKER_DEFAULTS } from '../support/worker-defaults.ts'
import { writtenLog } from './written-log.ts'

let db: TestDatabase
let cast: Cast
let child: ChildProcess | undefined
let worker: Worker | undefined

beforeAll(async () => {
  await buildCli()
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await worker?.stop()
  await db?.drop()
})

async function startProcess(): Promise<ChildProcess> {
  const started = spawn(process.execPath, ['test/jobs/worker-process.mjs', `${ROOT}dist`, db.url], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(started.stdout, 'data')
  return started
}

async function query(text: string): Promise<Record<string, unknown>[]> {
  return (await db.admin.query(text)).rows
}

test('a job whose worker was killed is done by another, 15 seconds after the last sign of life', async () => {
  child = await startProcess()
  const holder = await db.admin.connect()
  await holder.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
    `analytics.metrics:${cast.acme.id}`,
  ])
  await writeEvents(db.admin, [
    {
      id: '00000000-0000-4000-8000-000000000001',
      organization_id: cast.acme.id,
      event_type: 'message.created',
      created_at: '2024-02-10T12:00:00Z',
    },
  ])
  await vi.waitFor(async () => expect(await query(WAITING)).toHaveLength(1), { timeout: 10_000 })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await holder.query('SELECT pg_advisory_unlock_all()')
  holder.release()

  worker = await startWorker({
    url: db.url,
    pool: db.pool,
    log: writtenLog().log,
    now: () => new Date(),
    ...WORKER_DEFAULTS,
  })
  const [dead] = await query('SELECT locked_by FROM graphile_worker._private_jobs')
  expect(dead?.locked_by).toMatch(/^pool-/)
  expect(await inRole(db.pool, 'tenantry_jobs', countLivingWorkers)).toBe(2)

  // Time passes, for the dead alone.
  await db.admin.query(
    "UPDATE worker_heartbeats SET last_seen_at = now() - interval '16 seconds' WHERE id <> $1",
    [worker.id],
  )
  await db.admin.query("UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '16 seconds'")
  await waitForMetrics(db.pool)
  expect(await query('SELECT total_messages FROM daily_metrics')).toEqual([{ total_messages: 1 }])
  expect(await query('SELECT id FROM worker_heartbeats')).toEqual([{ id: worker.id }])
})

/** The locks of other test files' databases are listed too. */
const WAITING = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
