import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/**
 * The days of these organizations whose figures were written lately, each with what tells one writing from the next.
 * By the clock of the database, and of any transaction that took no longer than `withinSeconds`: a roll-up has the time
 * of its begin and is seen with its COMMIT, so a watermark would miss the slower of two. An agent's figures may change
 * alone (an error counts for no day); they are looked for on the latest days only, where a look costs nothing.
 */
export async function listRecomputedDays(
  tx: RoleTx,
  input: { organizationIds: readonly string[]; withinSeconds: number },
): Promise<RecomputedDay[]> {
  const organizationIds = [...input.organizationIds]
  const since = sql`now() - make_interval(secs => ${input.withinSeconds})`
  const { rows } = await sql<RecomputedDay>`
    SELECT organization_id AS "organizationId", to_char(date, 'YYYY-MM-DD') AS date, max(computed_at)::text AS version
    FROM (
      SELECT organization_id, date, computed_at FROM daily_metrics
      WHERE organization_id = ANY (${organizationIds}::uuid[]) AND computed_at > ${since}
      UNION ALL
      SELECT organization_id, date, computed_at FROM agent_metrics
      WHERE organization_id = ANY (${organizationIds}::uuid[]) AND date > current_date - 3 AND computed_at > ${since}
    ) AS written
    GROUP BY organization_id, date
    ORDER BY organization_id, date`.execute(tx)
  return rows
}

export type RecomputedDay = {
  readonly organizationId: string
  readonly date: string
  /** Differs between two writings of the day, and means nothing else. */
  readonly version: string
}
