import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../database/transaction.ts'

/** Months ahead that events can be stored for, so that a job that fails for weeks loses nothing. */
const MONTHS_AHEAD = 3

/**
 * Makes sure that events of this month and the three after it have a partition to go to. A month each transaction: one
 * that has to wait for a lock undoes none of the others. Gives how many were missing.
 */
export async function createPartitions(pool: pg.Pool, { now }: { now: Date }): Promise<number> {
  let made = 0
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString()
    const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
      sql<{ made: boolean }>`SELECT ensure_event_partition(${month}) AS made`.execute(tx),
    )
    if (rows[0]?.made) made++
  }
  return made
}
