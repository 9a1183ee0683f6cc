import { setTimeout as pause } from 'node:timers/promises'

/** Whether it happens in time, by success or failure. A stop that waits so for each of its steps always comes to its end. */
export async function happensWithin(milliseconds: number, event: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController()
  const late = pause(milliseconds, false, { signal: timer.signal }).catch(() => false)
  const happened = event.then(
    () => true,
    () => true,
  )
  const inTime = await Promise.race([happened, late])
  timer.abort()
  return inTime
}
