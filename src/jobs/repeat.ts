import { setTimeout as pause } from 'node:timers/promises'
import type { Failures } from './failures.ts'

/**
 * Does `work` again and again, one at a time, `everyMs` after the last, or four times as long as that one took where
 * this is more: on a busy database looking for work must not become the work. A failure is reported and tried again.
 */
export function repeat(
  what: string,
  everyMs: number,
  failures: Failures,
  work: () => Promise<unknown>,
): Repetition {
  const ending = new AbortController()
  const ended = (async () => {
    while (!ending.signal.aborted) {
      const began = performance.now()
      await work().then(
        () => failures.succeeded(what),
        error => failures.failed(what, error),
      )
      const waitMs = Math.max(everyMs, Math.min(4 * (performance.now() - began), MOST_REST_MS))
      await pause(waitMs, undefined, { signal: ending.signal }).catch(() => {})
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

const MOST_REST_MS = 5_000
