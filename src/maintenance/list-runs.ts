import type { RoleTx } from '../database/transaction.ts'

/** What a duty did the last time. */
export type MaintenanceRun = {
  readonly startedAt: Date
  /** null while it runs, or where it was killed. */
  readonly finishedAt: Date | null
  readonly rows: number | null
  readonly error: string | null
  readonly succeededAt: Date | null
}

/** The last run of each duty, by its task; a duty that never ran has none. */
export async function listRuns(tx: RoleTx): Promise<ReadonlyMap<string, MaintenanceRun>> {
  const rows = await tx.selectFrom('maintenance_runs').selectAll().execute()
  return new Map(
    rows.map(row => [
      row.task,
      {
        startedAt: row.started_at,
        finishedAt: row.finished_at,
        rows: row.row_count,
        error: row.error,
        succeededAt: row.succeeded_at,
      },
    ]),
  )
}
