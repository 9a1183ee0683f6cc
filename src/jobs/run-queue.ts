import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type CronItem,
  parseCronItems,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
  type WorkerPool,
} from 'graphile-worker'
import type pg from 'pg'
import type { Failures } from './failures.ts'
import { happensWithin } from './happens-within.ts'
import type { QueueLogger } from './queue-logger.ts'

/**
 * Takes jobs from the queue until stopped. The queue's own runner ends for good when it cannot write down that a job is
 * done or failed (the database restarted meanwhile) and never recovers when its very first look at the tasks fails; so
 * it is watched here, and a new one takes its place.
 */
export async function runQueue(options: QueueOptions): Promise<RunningQueue> {
  const { failures } = options
  const ending = new AbortController()
  let current: Started | undefined = await startRunner(options)
  const ended = (async () => {
    while (!ending.signal.aborted) {
      try {
        current ??= await startRunner(options)
        // Asked to stop while it was being started: nobody had it yet to stop it.
        if (ending.signal.aborted) await current.runner.stop()
        await current.runner.promise
      } catch (error) {
        failures.failed('the queue', error)
      }
      current = undefined
      await pause(RESTART_AFTER_MS, undefined, { signal: ending.signal }).catch(() => {})
    }
  })()
  return {
    async stop({ withinMs }) {
      ending.abort()
      current?.runner.stop().catch(() => {})
      if (await happensWithin(withinMs, ended)) return
      // Not runner.kill(): it does nothing once stop() was called.
      Promise.resolve(current?.workerPool.forcefulShutdown('the worker had to stop')).catch(() => {})
      await happensWithin(FORCED_STOP_MS, ended)
    },
  }
}

export type QueueOptions = {
  /** Connections in role tenantry_jobs. */
  readonly pool: pg.Pool
  readonly tasks: TaskList
  readonly schedule: readonly CronItem[]
  readonly pollEveryMs: number
  readonly concurrency: number
  readonly logger: QueueLogger
  readonly failures: Failures
  /** Told the name under which jobs are locked from now on. */
  readonly onPool: (poolId: string) => Promise<void>
}

export type RunningQueue = {
  /** Resolves when the jobs under way have ended; one that takes longer than `withinMs` is given back to the queue. */
  stop(options: { withinMs: number }): Promise<void>
}

type Started = { readonly runner: Runner; readonly workerPool: WorkerPool }

async function startRunner(options: QueueOptions): Promise<Started> {
  const events: WorkerEvents = new EventEmitter()
  let workerPool: WorkerPool | undefined
  events.on('pool:create', event => {
    workerPool = event.workerPool
  })
  const runner = await run({
    pgPool: options.pool,
    taskList: options.tasks,
    parsedCronItems: parseCronItems([...options.schedule]),
    concurrency: options.concurrency,
    pollInterval: options.pollEveryMs,
    noHandleSignals: true,
    logger: options.logger,
    events,
    // Without a batch, however short, a job whose end cannot be written down is an unhandled rejection.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  })
  options.failures.succeeded('the queue')
  restartWhenItFindsNothing(runner, events)
  if (workerPool === undefined) throw new Error('the queue started without a pool of workers')
  await options.onPool(workerPool.id).catch(error => options.failures.failed('the queue', error))
  return { runner, workerPool }
}

function restartWhenItFindsNothing(runner: Runner, events: WorkerEvents): void {
  let failuresInARow = 0
  const works = () => {
    failuresInARow = 0
  }
  events.on('worker:getJob:empty', works)
  events.on('job:start', works)
  events.on('worker:getJob:error', () => {
    failuresInARow += 1
    if (failuresInARow === FAILURES_TO_RESTART) runner.stop().catch(() => {})
  })
}

const RESTART_AFTER_MS = 1_000
const FORCED_STOP_MS = 1_000
const FAILURES_TO_RESTART = 20
