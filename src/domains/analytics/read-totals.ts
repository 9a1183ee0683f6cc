import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { activeUsers } from './count-active-users.ts'
import { type Figures, HISTOGRAM, mean, percentileFigures } from './figures.ts'
import type { Period } from './period.ts'

/** What days amount to together, but for the agents, which are counted by themselves. */
export type Totals = Omit<Figures, 'active_agents'>

/** The figures of each of the periods, merged from its days, all as of one moment; undefined where no day of it has any. */
export async function readTotals(tx: TenantTx, periods: readonly Period[]): Promise<(Totals | undefined)[]> {
  const { rows } = await sql<Totals & { period: number; response_times: number[][] }>`
    SELECT period, figures.*, ${activeUsers(tx, { from: sql`first`, to: sql`last` })} AS active_users
    FROM unnest(${periods.map(({ from }) => from)}::date[], ${periods.map(({ to }) => to)}::date[])
      WITH ORDINALITY AS asked (first, last, period)
    CROSS JOIN LATERAL (
      SELECT sum(total_messages) AS messages, sum(total_conversations) AS conversations, sum(total_tokens) AS tokens,
        ${mean('response_time_sum_ms', 'response_time_count')} AS avg_response_time,
        ${mean('rating_sum', 'rating_count')} AS satisfaction, sum(rating_count) AS ratings, sum(error_count) AS errors,
        sum(workflow_executions) AS workflow_executions, json_agg(${HISTOGRAM}) AS response_times
      FROM daily_metrics
      WHERE organization_id = ${tx.organizationId} AND date BETWEEN first AND last HAVING count(*) > 0
    ) AS figures`.execute(tx)
  const known = new Map(
    rows.map(({ period, response_times, ...row }) => [
      period,
      { ...row, ...percentileFigures(response_times) },
    ]),
  )
  return periods.map((_, index) => known.get(index + 1))
}
