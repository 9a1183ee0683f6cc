import { sql } from 'kysely'
import type pg from 'pg'
import type { RetentionPolicy } from '../database/retention-policy.ts'
import { inRole } from '../database/transaction.ts'

/** Small enough that no lock is held, and no replica held up, for long. */
const ROWS_IN_BATCH = 2_000
const DAY_MS = 24 * 60 * 60 * 1_000

/**
 * Takes away what has aged past its policy, oldest first, and gives how many rows. Each batch is committed by itself: a
 * run that was killed is gone on with by the next.
 */
export async function applyRetention(
  pool: pg.Pool,
  { policy, now, batch = ROWS_IN_BATCH }: { policy: RetentionPolicy; now: Date; batch?: number },
): Promise<number> {
  const before = new Date(now.getTime() - policy.keptDays * DAY_MS)
  let total = 0
  for (;;) {
    const removed = await inRole(pool, 'tenantry_jobs', async tx => {
      // Two that delete the same rows in another order would lock each other out.
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`retention:${policy.table}`}, 0))`.execute(tx)
      return policy.removeBatch(tx, { before, most: batch })
    })
    total += removed
    if (removed < batch) return total
  }
}
