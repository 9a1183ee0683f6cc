import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/** How far the metrics are behind their events, and what their audit has found since the database was made. */
export type MetricsHealth = {
  readonly markers: number
  /** Age of the oldest marker; 0 where there is none. */
  readonly lagSeconds: number
  readonly auditedDays: number
  readonly driftedDays: number
}

export async function readMetricsHealth(tx: RoleTx): Promise<MetricsHealth> {
  const { rows } = await sql<MetricsHealth>`
    SELECT (SELECT count(*)::float8 FROM rollup_dirty) AS markers,
      coalesce((SELECT extract(epoch FROM now() - min(marked_at)) FROM rollup_dirty), 0)::float8 AS "lagSeconds",
      audited_days::float8 AS "auditedDays", drifted_days::float8 AS "driftedDays"
    FROM metric_audit`.execute(tx)
  if (rows[0] === undefined) throw new Error('metric_audit has lost its row')
  return rows[0]
}
