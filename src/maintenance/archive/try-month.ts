import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { monthInUse } from './errors.ts'

/** How often a partition that is in use is tried: each try holds others up for a quarter of a second at most. */
const ATTEMPTS = 20
const PAUSE_MS = 1_000

export type Patience = { readonly attempts?: number; readonly pauseMs?: number }

/** Does what needs a lock on a month's partition, and again where something holds it, until patience is at its end. */
export async function tryMonth<T>(
  month: string,
  { attempts = ATTEMPTS, pauseMs = PAUSE_MS }: Patience,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isInUse(error)) throw error
      if (attempt >= attempts) throw monthInUse(month)
    }
    await pause(pauseMs)
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01')
}
