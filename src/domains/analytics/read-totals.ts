import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { type Figures, HISTOGRAM, mean, percentileFigures } from './figures.ts'
import type { Period } from './period.ts'

/** What days amount to together, but for the agents, which are counted by themselves. */
export type Totals = Omit<Figures, 'active_agents'>

/** The figures of each of the periods, merged from its days, all as of one moment; undefined where no day of it has any. */
export async function readTotals(tx: TenantTx, periods: readonly Period[]): Promise<(Totals | undefined)[]> {
  const own = sql`organization_id = ${tx.organizationId} AND date BETWEEN first AND last`
  const { rows } = await sql<Totals & { period: number; response_times: number[][] }>`
    SELECT period, figures.*
    FROM unnest(${periods.map(({ from }) => from)}::date[], ${periods.map(({ to }) => to)}::date[])
      WITH ORDINALITY AS asked (first, last, period)
    CROSS JOIN LATERAL (
      SELECT sum(total_messages) AS messages, sum(total_conversations) AS conversations, sum(total_tokens) AS tokens,
        ${mean('response_time_sum_ms', 'response_time_count')} AS avg_response_time,
        ${mean('rating_sum', 'rating_count')} AS satisfaction, sum(rating_count) AS ratings, sum(error_count) AS errors,
        sum(workflow_executions) AS workflow_executions, json_agg(${HISTOGRAM}) AS response_times,
        -- Whoever came back within the period has been counted on an earlier day of it.
        sum(unique_users) - (
          SELECT coalesce(sum(users), 0) FROM active_user_returns WHERE ${own} AND previous_date >= first
        ) AS active_users
      FROM daily_metrics WHERE ${own} HAVING count(*) > 0
    ) AS figures`.execute(tx)
  const known = new Map(
    rows.map(({ period, response_times, ...row }) => [
      period,
      { ...row, ...percentileFigures(response_times) },
    ]),
  )
  return periods.map((_, index) => known.get(index + 1))
}
