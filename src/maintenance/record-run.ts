import type pg from 'pg'
import { inRole } from '../database/transaction.ts'
import type { Duty } from '../queue/tasks.ts'

/**
 * Does a duty and records when, how long and with how many rows, or why it failed: the beginning before it, so that one
 * that was killed is seen. A number that the work gives is the rows.
 */
export async function recordRun<T>(
  pool: pg.Pool,
  { task, now }: { task: Duty; now: () => Date },
  work: () => Promise<T>,
): Promise<T> {
  const begin = { started_at: now(), finished_at: null, row_count: null, error: null }
  await inRole(pool, 'tenantry_jobs', tx =>
    tx
      .insertInto('maintenance_runs')
      .values({ task, ...begin })
      .onConflict(conflict => conflict.column('task').doUpdateSet(begin))
      .execute(),
  )
  const end = (result: { row_count: number | null; error: string | null }) =>
    inRole(pool, 'tenantry_jobs', tx =>
      tx
        .updateTable('maintenance_runs')
        .set({
          ...result,
          finished_at: now(),
          ...(result.error === null && { succeeded_at: now() }),
        })
        .where('task', '=', task)
        .execute(),
    )
  try {
    const result = await work()
    await end({ row_count: typeof result === 'number' ? result : null, error: null })
    return result
  } catch (error) {
    // What went wrong is worth more than that it could not be noted.
    await end({ row_count: null, error: error instanceof Error ? error.message : String(error) }).catch(
      () => {},
    )
    throw error
  }
}
