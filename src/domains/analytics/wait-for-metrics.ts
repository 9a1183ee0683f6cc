import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { countLivingWorkers } from '../../queue/heartbeat.ts'
import { noWorker } from './errors.ts'

/**
 * Resolves when the metrics equal the events that were committed before; refused when they are behind and no worker
 * runs. No marker left is enough to know it: a roll-up deletes markers and writes figures in one transaction, so until
 * it commits everybody else still sees the markers.
 */
export async function waitForMetrics(pool: pg.Pool, options: WaitOptions = {}): Promise<void> {
  const { onProgress = () => {}, signal } = options
  for (;;) {
    const { days, workers } = await inRole(pool, 'tenantry_jobs', async tx => {
      const result = await sql<{ days: number }>`
        SELECT count(DISTINCT (dirty.organization_id, day_of(bucket, coalesce(time_zone, 'UTC'))))::integer AS days
        FROM rollup_dirty AS dirty LEFT JOIN rollup_zones USING (organization_id)`.execute(tx)
      return { days: result.rows[0]?.days ?? 0, workers: await countLivingWorkers(tx) }
    })
    if (days === 0) return
    if (workers === 0) throw noWorker(days)
    onProgress(days)
    await pause(LOOK_EVERY_MS, undefined, signal ? { signal } : {})
  }
}

export type WaitOptions = {
  /** Told how many days are behind, at each look. */
  readonly onProgress?: (days: number) => void
  readonly signal?: AbortSignal
}

const LOOK_EVERY_MS = 250
