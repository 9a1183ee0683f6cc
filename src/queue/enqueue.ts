import { sql } from 'kysely'
import type { RoleTx } from '../database/transaction.ts'
import type { Task, Tasks } from './tasks.ts'

/**
 * Queues the jobs in the caller's transaction: they run if and only if it commits. Gives how many were queued;
 * a job that `unsafe_dedupe` found queued already is not counted. The database refuses a tenant's transaction every
 * organization but its own.
 */
export async function enqueue(tx: RoleTx, jobs: readonly Job[]): Promise<number> {
  if (jobs.length === 0) return 0
  const result = await sql<{ queued: number }>`SELECT enqueue(${JSON.stringify(jobs)}) AS queued`.execute(tx)
  return result.rows[0]?.queued ?? 0
}

export type Job = { [T in Task]: JobOf<T> }[Task]

type JobOf<T extends Task> = {
  readonly task: T
  /** At most one waiting job has this key (within task and organization); `mode` says what a second one does. */
  readonly key?: string
  readonly mode?: 'replace' | 'preserve_run_at' | 'unsafe_dedupe'
  readonly runAt?: Date
  /** The smaller runs first; 0 where absent. */
  readonly priority?: number
  /** 25 where absent; the wait between two grows to six hours. */
  readonly maxAttempts?: number
} & ('organizationId' extends keyof Tasks[T]
  ? Readonly<Pick<Tasks[T], 'organizationId'>> & { readonly payload: Omit<Tasks[T], 'organizationId'> }
  : { readonly payload?: Tasks[T] })
