import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import type { Period } from './period.ts'

export type RankedAgents = {
  /** How many had an event about them in the period, and in the one before. */
  readonly active: number
  readonly activeBefore: number
  /** The ids of those with the most messages in the period; none that did nothing. */
  readonly busiest: readonly string[]
}

/** Which agents do most, out of all that still exist: a look at one row for each of them and month, not for each day. */
export async function rankAgents(
  tx: TenantTx,
  { period, previous, most }: { period: Period; previous: Period; most: number },
): Promise<RankedAgents> {
  const { rows } = await sql<RankedAgents>`
    WITH agent AS (
      SELECT agent_id, ${gained('active_days', period)} AS days, ${gained('active_days', previous)} AS days_before,
        ${gained('messages', period)} AS messages
      FROM agent_months
      WHERE organization_id = ${tx.organizationId} AND month BETWEEN ${previous.from}::date - 30 AND ${period.to}::date
      GROUP BY agent_id
    )
    SELECT count(*) FILTER (WHERE days > 0) AS active, count(*) FILTER (WHERE days_before > 0) AS "activeBefore", ARRAY(
      SELECT agent_id FROM agent WHERE days > 0 ORDER BY messages DESC, agent_id DESC LIMIT ${most}
    ) AS busiest
    FROM agent`.execute(tx)
  return rows[0] as RankedAgents
}

/**
 * How much of it an agent had in the period, over its months: what it had from a month's beginning to the period's last
 * day, less what it had by then before the first. A month that begins later has nothing at such a place.
 */
function gained(column: 'active_days' | 'messages', { from, to }: Period) {
  const months = sql.ref(column)
  return sql`sum(coalesce(${months}[least(${to}::date - month + 1, 31)], 0) - coalesce(${months}[least(${from}::date - month, 31)], 0))`
}
