import { isDatabaseUnavailable } from '../database/availability.ts'
import type { Logger } from '../platform/logger.ts'

/** Logs a lasting failure twice: when it begins and when it is over, however often it is tried in between. */
export type Failures = {
  failed(what: string, error: unknown): void
  succeeded(what: string): void
}

/** One part may reach the database again before another notices that its connection was cut: that is no new outage. */
const SAME_OUTAGE_MS = 5_000

/** What all parts of one worker report to, since a database that is away fails them all at once. */
export function trackFailures(log: Logger, clock = () => performance.now()): Failures {
  let databaseIsAway = false
  let backAt = Number.NEGATIVE_INFINITY
  const failing = new Map<string, string>()
  return {
    failed(what, error) {
      if (isDatabaseUnavailable(error)) {
        if (!databaseIsAway && clock() - backAt > SAME_OUTAGE_MS)
          log.error({ err: error }, 'worker: the database cannot be reached; trying until it can')
        databaseIsAway = true
        return
      }
      const message = error instanceof Error ? error.message : String(error)
      if (failing.get(what) !== message)
        log.error({ err: error }, `worker: ${what} failed and will be tried again`)
      failing.set(what, message)
    },
    succeeded(what) {
      if (databaseIsAway) {
        log.info('worker: the database is back')
        backAt = clock()
      }
      databaseIsAway = false
      if (failing.delete(what)) log.info(`worker: ${what} works again`)
    },
  }
}
