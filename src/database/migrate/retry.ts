import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** Runs `work` again while `fails` says so of its error, until `patienceMs` have passed; then the last error is thrown. */
export async function retryWhile<T>(
  fails: (error: unknown) => boolean,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const end = Date.now() + patienceMs
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    try {
      return await work()
    } catch (error) {
      if (!fails(error) || Date.now() + pauseMs > end) throw error
      // Random, so that two that collided do not collide again.
      await pause(pauseMs * (0.5 + Math.random()))
    }
  }
}

/** Roles belong to the whole server: two that change the same one at the same time collide, and succeed one after the other. */
export const collidedOnRole = (error: unknown): boolean =>
  error instanceof pg.DatabaseError &&
  (error.code === '23505' ||
    error.code === '40P01' ||
    /tuple concurrently (updated|deleted)/.test(error.message))

/** Another session holds the table: waiting in its queue would stop everybody behind us, so we step back and ask again. */
export const waitedForLock = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01')

/** A statement that waits longer than this for a lock stops everybody who comes after it. */
export const LOCK_TIMEOUT_MS = 800
