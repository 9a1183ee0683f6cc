import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { inRole } from '../../src/database/transaction.ts'
import { waitForMetrics } from '../../src/domains/analytics/index.ts'
import { startWorker, type Worker } from '../../src/jobs/worker.ts'
import { enqueue, type Job } from '../../src/queue/enqueue.ts'
import { countLivingWorkers } from '../../src/queue/heartbeat.ts'
import { writeEvents } from '../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { WORKER_DEFAULTS } from '../support/worker-defaults.ts'
import { ERROR, writtenLog } from './written-log.ts'

let db: TestDatabase
let cast: Cast
let next = 0
const workers: Worker[] = []

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
  // One row for each roll-up that runs to its end, whatever it finds to do.
  await db.admin.query(`
    CREATE TABLE runs (at timestamptz DEFAULT clock_timestamp());
    CREATE FUNCTION note_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
      $$ BEGIN INSERT INTO public.runs DEFAULT VALUES; RETURN NULL; END $$;
    CREATE TRIGGER note_run AFTER DELETE ON rollup_dirty FOR EACH STATEMENT EXECUTE FUNCTION note_run()`)
})
afterAll(() => db.drop())
// Again where a roll-up that the last test stopped is still on its way, and the two would wait for each other.
beforeEach(() =>
  vi.waitFor(
    () => db.admin.query('TRUNCATE runs, analytics_events, rollup_dirty, daily_metrics, daily_active_users'),
    WITHIN,
  ),
)
afterEach(async () => {
  await Promise.all(workers.splice(0).map(worker => worker.stop()))
  await db.admin.query('DELETE FROM graphile_worker._private_jobs')
})

async function start(log = writtenLog().log): Promise<Worker> {
  const worker = await startWorker({
    url: db.url,
    pool: db.pool,
    log,
    now: () => new Date(),
    ...WORKER_DEFAULTS,
  })
  workers.push(worker)
  return worker
}

function message(created_at = '2024-02-10T12:00:00Z') {
  next += 1
  const id = `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`
  return { id, organization_id: cast.acme.id, event_type: 'message.created', created_at }
}

const rollUp = (date: string): Job => ({
  task: 'analytics.roll-up',
  organizationId: cast.acme.id,
  payload: { date },
})
const enqueueAll = (jobs: readonly Job[]) => inRole(db.pool, 'tenantry_jobs', tx => enqueue(tx, jobs))
const living = () => inRole(db.pool, 'tenantry_jobs', countLivingWorkers)

async function query(text: string): Promise<Record<string, unknown>[]> {
  return (await db.admin.query(text)).rows
}

/** Holds the lock of the organization's metrics until released, so that its roll-up runs and does not end. */
async function holdMetrics(): Promise<() => Promise<void>> {
  const client = await db.admin.connect()
  const key = `analytics.metrics:${cast.acme.id}`
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [key])
  return async () => {
    await client.query('SELECT pg_advisory_unlock_all()')
    client.release()
  }
}

const jobIsRunning = () =>
  vi.waitFor(async () => {
    const waiting = await query(WAITING)
    expect(waiting).toHaveLength(1)
  }, WITHIN)

const WITHIN = { timeout: 20_000, interval: 50 }

test('figures follow the events by themselves, all of them', async () => {
  await start()
  const days = Array.from({ length: 20 }, (_, n) => `2024-01-${String(n + 1).padStart(2, '0')}`)
  await writeEvents(
    db.admin,
    days.map(day => message(`${day}T10:00:00Z`)),
  )
  await waitForMetrics(db.pool)
  expect(await query('SELECT date, total_messages FROM daily_metrics ORDER BY date')).toEqual(
    days.map(date => ({ date, total_messages: 1 })),
  )
  await writeEvents(db.admin, [message('2024-01-05T23:00:00Z')])
  await waitForMetrics(db.pool)
  expect(await query("SELECT total_messages FROM daily_metrics WHERE date = '2024-01-05'")).toEqual([
    { total_messages: 2 },
  ])
})

test('two workers run each job once', async () => {
  await Promise.all([start(), start()])
  await enqueueAll(
    Array.from({ length: 60 }, (_, n) => rollUp(`2024-03-${String((n % 30) + 1).padStart(2, '0')}`)),
  )
  await vi.waitFor(async () => {
    expect(await query('SELECT FROM graphile_worker._private_jobs')).toHaveLength(0)
  }, WITHIN)
  expect(await query('SELECT FROM runs')).toHaveLength(60)
})

test('a worker is seen from its start to its end', async () => {
  expect(await living()).toBe(0)
  const worker = await start()
  expect(await living()).toBe(1)
  const [row] = await query('SELECT * FROM worker_heartbeats')
  expect(row).toMatchObject({ id: worker.id, process_id: process.pid, pool_id: expect.any(String) })
  await worker.stop()
  workers.splice(0)
  expect(await living()).toBe(0)
})

test('the partitions of this month and the next three are there once a worker runs', async () => {
  const now = () => new Date('2026-12-15T00:00:00Z')
  workers.push(
    await startWorker({ url: db.url, pool: db.pool, log: writtenLog().log, now, ...WORKER_DEFAULTS }),
  )
  const names = await query(
    "SELECT relname FROM pg_class WHERE relname IN ('analytics_events_2026_12', 'analytics_events_2027_03') AND relkind = 'r' ORDER BY 1",
  )
  expect(names).toHaveLength(2)
})

test('a stop waits for the job under way', async () => {
  const worker = await start()
  const release = await holdMetrics()
  await enqueueAll([rollUp('2024-02-10')])
  await jobIsRunning()
  let stopped = false
  const stopping = worker.stop().then(() => {
    stopped = true
  })
  workers.splice(0)
  expect(await query('SELECT FROM runs')).toHaveLength(0)
  expect(stopped).toBe(false)
  await release()
  await stopping
  expect(await query('SELECT FROM runs')).toHaveLength(1)
  expect(await query('SELECT FROM graphile_worker._private_jobs')).toHaveLength(0)
})

test('a job that takes too long to stop is given back to the queue', async () => {
  const worker = await start()
  const release = await holdMetrics()
  await enqueueAll([rollUp('2024-02-10')])
  await jobIsRunning()
  const began = performance.now()
  await worker.stop()
  workers.splice(0)
  expect(performance.now() - began).toBeLessThan(4_500)
  expect(await query('SELECT locked_by FROM graphile_worker._private_jobs')).toEqual([{ locked_by: null }])
  await release()
})

test('a roll-up that fails is tried again, and said once for each attempt', async () => {
  await db.admin.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out of order'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON daily_metrics FOR EACH ROW EXECUTE FUNCTION refuse()`)
  const { log, lines } = writtenLog()
  await start(log)
  await writeEvents(db.admin, [message()])
  await vi.waitFor(() => expect(lines.some(({ level }) => level === ERROR)).toBe(true), WITHIN)
  await db.admin.query('DROP TRIGGER refuse ON daily_metrics; DROP FUNCTION refuse')
  await waitForMetrics(db.pool)
  expect(await query('SELECT total_messages FROM daily_metrics')).toEqual([{ total_messages: 1 }])
  const errors = lines.filter(({ level }) => level === ERROR)
  expect(errors).toEqual([
    expect.objectContaining({ msg: 'worker: a job failed', task: 'analytics.roll-up', attempts: 1 }),
  ])
})

test('a worker whose connections are all cut goes on, and says it once', async () => {
  const { log, lines } = writtenLog()
  const worker = await start(log)
  await db.admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tenantry worker' AND datname = current_database()",
  )
  await writeEvents(db.admin, [message()])
  await waitForMetrics(db.pool)
  await enqueueAll([rollUp('2024-02-11')])
  await vi.waitFor(async () => {
    expect(await query('SELECT FROM graphile_worker._private_jobs')).toHaveLength(0)
  }, WITHIN)
  expect(lines.filter(({ level }) => level === ERROR).length).toBeLessThanOrEqual(1)
  expect(await living()).toBe(1)
  await worker.stop()
  workers.splice(0)
})

/** The locks of other test files' databases are listed too. */
const WAITING = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
