import { sql } from 'kysely'
import type { RoleTx } from '../database/transaction.ts'

/** What waits in the queue: jobs that are due, the age of the oldest of them, and jobs that ran out of attempts. */
export type Backlog = { readonly due: number; readonly lagSeconds: number; readonly givenUp: number }

export async function readBacklog(tx: RoleTx): Promise<Backlog> {
  const { rows } = await sql<Backlog>`
    SELECT count(*) FILTER (WHERE is_due)::float8 AS due,
      coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE is_due)), 0)::float8 AS "lagSeconds",
      count(*) FILTER (WHERE attempts >= max_attempts)::float8 AS "givenUp"
    FROM (
      SELECT *, run_at <= now() AND locked_at IS NULL AND attempts < max_attempts AS is_due
      FROM graphile_worker._private_jobs
    ) AS job`.execute(tx)
  return rows[0] ?? { due: 0, lagSeconds: 0, givenUp: 0 }
}
