import { Logger as QueueLogger } from 'graphile-worker'
import { isDatabaseUnavailable } from '../database/availability.ts'
import type { Logger } from '../platform/logger.ts'
import type { Failures } from './failures.ts'

export type { QueueLogger }

/**
 * Writes what the queue says to our log: a failed job as an error with its task and attempt, an unreachable database as
 * the one failure that it is, the rest as detail.
 */
export function createQueueLogger(log: Logger, failures: Failures): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    const error = meta?.error ?? meta?.reason
    if (isDatabaseUnavailable(error)) return failures.failed('the queue', error)
    if (isFailedJob(meta)) {
      const { task_identifier: task, id, attempts, max_attempts: maxAttempts } = meta.job
      return log.error({ err: error, task, job: id, attempts, maxAttempts }, 'worker: a job failed')
    }
    if (level === 'error' || level === 'warning') return log.warn({ err: error }, `worker: ${message}`)
    log[level === 'info' ? 'debug' : 'trace'](`worker: ${message}`)
  })
}

type FailedJob = { job: { task_identifier: string; id: string; attempts: number; max_attempts: number } }

function isFailedJob(meta: unknown): meta is FailedJob {
  return typeof meta === 'object' && meta !== null && 'failure' in meta && 'job' in meta
}
