import type pg from 'pg'
import { inRole } from '../database/transaction.ts'
import { listChangedTimeZones } from '../domains/analytics/index.ts'
import { enqueue } from '../queue/enqueue.ts'

/** Queues one job for every organization whose figures were made in another zone than it has now; gives how many. */
export function enqueueChangedTimeZones(pool: pg.Pool): Promise<number> {
  return inRole(pool, 'tenantry_jobs', async tx =>
    enqueue(
      tx,
      (await listChangedTimeZones(tx)).map(({ organizationId }) => ({
        task: 'analytics.change-time-zone',
        organizationId,
        payload: {},
        key: 'time-zone',
        mode: 'unsafe_dedupe',
        maxAttempts: 5,
      })),
    ),
  )
}
