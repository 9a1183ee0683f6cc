import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { TaskList } from 'graphile-worker'
import type pg from 'pg'
import { createPool } from '../database/pool.ts'
import { inRole } from '../database/transaction.ts'
import { createPartitions } from '../maintenance/partitions.ts'
import { recordRun } from '../maintenance/record-run.ts'
import type { ArchiveStore } from '../platform/archive-store.ts'
import type { EventRetention } from '../platform/configuration.ts'
import type { Logger } from '../platform/logger.ts'
import type { MailTransport } from '../platform/mail/transport.ts'
import { VERSION } from '../platform/version.ts'
import { freeJobs, recordHeartbeat, removeHeartbeat } from '../queue/heartbeat.ts'
import { trackFailures } from './failures.ts'
import { HANDLERS, type HandlerContext } from './handlers.ts'
import { happensWithin } from './happens-within.ts'
import { createQueueLogger } from './queue-logger.ts'
import { repeat } from './repeat.ts'
import { RollUpPace } from './roll-up-pace.ts'
import { runQueue } from './run-queue.ts'
import {
  HEARTBEAT_EVERY_MS,
  LOOK_FOR_DIRTY_DAYS_EVERY_MS,
  LOOK_FOR_JOBS_EVERY_MS,
  LOOK_FOR_TIME_ZONES_EVERY_MS,
  SCHEDULE,
} from './schedule.ts'
import { enqueueDirtyDays } from './watch-dirty-days.ts'
import { enqueueChangedTimeZones } from './watch-time-zones.ts'

export type WorkerContext = {
  /** The database, for the worker's own connections: the queue needs sessions that stay (LISTEN), no pooler between. */
  readonly url: string
  /** Connections for the work of the jobs. */
  readonly pool: pg.Pool
  readonly log: Logger
  readonly now: () => Date
  /** The way out for mails; whoever made it closes it. */
  readonly mail: MailTransport
  /** The public address of this installation, with which the links in mails begin. */
  readonly publicUrl: string
  /** Cold storage, and when events go there. */
  readonly archive: ArchiveStore
  readonly eventRetention: EventRetention
  /** Jobs at a time. */
  readonly concurrency?: number
}

export type Worker = {
  readonly id: string
  /** Takes no further job and resolves when those under way have ended, or after two seconds are back in the queue. */
  stop(): Promise<void>
}

/**
 * Runs jobs until stopped, through restarts of the database: nothing that was committed to the queue is lost, whatever
 * is killed. Resolves when the worker is alive for all to see; handles no signal and closes no pool but its own.
 */
export async function startWorker(context: WorkerContext): Promise<Worker> {
  const { log, concurrency = 2 } = context
  const failures = trackFailures(log)
  const pace = new RollUpPace()
  const own = createPool({
    url: context.url,
    max: concurrency + 4, // and one each to listen, for the heartbeat, for the dirty days, for the time zones
    name: 'tenantry worker',
    onConnect: async client => {
      await client.query('SET ROLE tenantry_jobs')
    },
  })
  own.on('error', error => {
    // Its connections close behind it: a database that stops after the worker is no failure of the worker.
    if (!own.ending) failures.failed('a connection', error)
  })

  const identity = { id: randomUUID(), host: hostname(), processId: process.pid, version: VERSION }
  let poolId: string | null = null
  const beat = () => inRole(own, 'tenantry_jobs', tx => recordHeartbeat(tx, { ...identity, poolId }))
  try {
    await createPartitions(own, { now: context.now() })
    await beat()
    const queue = await runQueue({
      pool: own,
      tasks: taskList({ ...context, pace }),
      schedule: SCHEDULE,
      pollEveryMs: LOOK_FOR_JOBS_EVERY_MS,
      concurrency,
      logger: createQueueLogger(log, failures),
      failures,
      onPool: async id => {
        const former = poolId
        poolId = id
        await beat()
        if (former !== null) await inRole(own, 'tenantry_jobs', tx => freeJobs(tx, former))
      },
    })
    const clocks = [
      repeat('the heartbeat', HEARTBEAT_EVERY_MS, failures, beat),
      repeat('the watch for dirty days', LOOK_FOR_DIRTY_DAYS_EVERY_MS, failures, () =>
        enqueueDirtyDays(own, pace),
      ),
      repeat('the watch for changed time zones', LOOK_FOR_TIME_ZONES_EVERY_MS, failures, () =>
        enqueueChangedTimeZones(own),
      ),
    ]
    log.info({ worker: identity.id }, 'worker: ready')
    return {
      id: identity.id,
      async stop() {
        // Each step in bounded time, since a database that is gone or frozen ends none of them. What is then left
        // behind is cleared for the silence of this worker.
        await happensWithin(STEP_MS, Promise.all(clocks.map(clock => clock.stop())))
        await queue.stop({ withinMs: JOBS_MS })
        await happensWithin(
          STEP_MS,
          inRole(own, 'tenantry_jobs', tx => removeHeartbeat(tx, identity.id)),
        )
        await happensWithin(STEP_MS, own.end())
      },
    }
  } catch (error) {
    await own.end()
    throw error
  }
}

const STEP_MS = 1_000
const JOBS_MS = 2_000

/** Payloads are what `enqueue` was given: its types are the ones that the handlers take. What a clock starts is recorded. */
function taskList(context: HandlerContext): TaskList {
  return Object.fromEntries(
    Object.entries(HANDLERS).map(([task, handle]) => [
      task,
      async (payload: unknown) => {
        const work = () =>
          (handle as (context: HandlerContext, payload: unknown) => Promise<unknown>)(context, payload)
        const duty = SCHEDULE.find(scheduled => scheduled.task === task)
        await (duty ? recordRun(context.pool, { task: duty.task, now: context.now }, work) : work())
      },
    ]),
  )
}
