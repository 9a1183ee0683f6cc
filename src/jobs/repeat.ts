import { setTimeout as pause } from 'node:timers/promises'
import type { Failures } from './failures.ts'

/** Does `work` again and again, one at a time, `everyMs` after the last; a failure is reported and the next is on time. */
export function repeat(
  what: string,
  everyMs: number,
  failures: Failures,
  work: () => Promise<unknown>,
): Repetition {
  const ending = new AbortController()
  const ended = (async () => {
    while (!ending.signal.aborted) {
      await work().then(
        () => failures.succeeded(what),
        error => failures.failed(what, error),
      )
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => {})
    }
  })()
  return {
    stop() {
      ending.abort()
      return ended
    },
  }
}

export type Repetition = {
  /** Resolves when the work that is under way has ended; none begins after it. */
  stop(): Promise<void>
}
