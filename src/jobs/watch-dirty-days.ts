import type pg from 'pg'
import { inRole } from '../database/transaction.ts'
import { listDirtyDays } from '../domains/analytics/index.ts'
import { enqueue } from '../queue/enqueue.ts'
import type { RollUpPace } from './roll-up-pace.ts'

/**
 * Queues one roll-up for every dirty day that is due and has none queued or running; gives how many. Every worker does so:
 * several find the same days and only the first one's jobs are kept. A job that ran out of attempts is started anew,
 * so no day stays behind for ever.
 */
export function enqueueDirtyDays(pool: pg.Pool, pace: RollUpPace): Promise<number> {
  return inRole(pool, 'tenantry_jobs', async tx => {
    const days = pace.due(await listDirtyDays(tx, { most: DAYS_OF_ORGANIZATION }))
    return enqueue(
      tx,
      days.map(({ organizationId, date }) => ({
        task: 'analytics.roll-up',
        organizationId,
        payload: { date },
        key: date,
        // Enough, since the marker that a running job does not see stays and is found here next time.
        mode: 'unsafe_dedupe',
        maxAttempts: 5,
      })),
    )
  })
}

/** Queued at a time: an import of years takes turns with the others. */
const DAYS_OF_ORGANIZATION = 50
