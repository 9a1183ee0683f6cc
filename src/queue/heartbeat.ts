import { sql } from 'kysely'
import type { RoleTx } from '../database/transaction.ts'

/** A worker that has not been seen for so long counts as dead: three of its beats were missed. */
export const DEAD_AFTER_SECONDS = 15

/**
 * Says that this worker lives, and gives the jobs of dead ones back to the queue: a job whose worker was killed is
 * done again within {@link DEAD_AFTER_SECONDS}, not after the four hours that the queue itself would wait. A worker
 * that was only frozen so long may find its job done twice, so every job must bear that.
 */
export async function recordHeartbeat(tx: RoleTx, worker: WorkerIdentity): Promise<void> {
  await sql`
    INSERT INTO worker_heartbeats AS present (id, pool_id, host, process_id, version)
    VALUES (${worker.id}, ${worker.poolId}, ${worker.host}, ${worker.processId}, ${worker.version})
    ON CONFLICT (id) DO UPDATE SET pool_id = excluded.pool_id, last_seen_at = clock_timestamp()`.execute(tx)
  await sql`DELETE FROM worker_heartbeats WHERE ${isDead}`.execute(tx)
  await sql`
    SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
    FROM (
      SELECT locked_by, locked_at FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
      UNION ALL
      SELECT locked_by, locked_at FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL
    ) AS lock
    WHERE locked_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})
      AND NOT EXISTS (SELECT FROM worker_heartbeats AS living WHERE living.pool_id = lock.locked_by)
    HAVING count(*) > 0`.execute(tx)
}

/** Gives the jobs that are locked under this name back to the queue at once: whoever worked on them no longer does. */
export async function freeJobs(tx: RoleTx, poolId: string): Promise<void> {
  await sql`SELECT graphile_worker.force_unlock_workers(ARRAY[${poolId}])`.execute(tx)
}

/** Says that this worker has ended, so that nobody waits for its next beat. */
export async function removeHeartbeat(tx: RoleTx, workerId: string): Promise<void> {
  await sql`DELETE FROM worker_heartbeats WHERE id = ${workerId}`.execute(tx)
}

/** How many workers live, by the clock of the database. */
export async function countLivingWorkers(tx: RoleTx): Promise<number> {
  const result = await sql<{ living: number }>`
    SELECT count(*)::integer AS living FROM worker_heartbeats WHERE NOT (${isDead})`.execute(tx)
  return result.rows[0]?.living ?? 0
}

export type WorkerIdentity = {
  readonly id: string
  /** The name under which the queue locks this worker's jobs; it changes when the worker recovers from a failure. */
  readonly poolId: string | null
  readonly host: string
  readonly processId: number
  readonly version: string
}

const isDead = sql`last_seen_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`
