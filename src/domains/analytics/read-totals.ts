import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { type Figures, mean, NO_FIGURES } from './figures.ts'
import type { Period } from './period.ts'

/** The figures of a whole period, merged from its days; undefined where no day of it has any. */
export async function readTotals(tx: TenantTx, { from, to }: Period): Promise<Figures | undefined> {
  const days = sql`organization_id = ${tx.organizationId} AND date BETWEEN ${from} AND ${to}`
  const { rows } = await sql<Figures>`
    SELECT sum(total_messages) AS messages, sum(total_conversations) AS conversations, sum(total_tokens) AS tokens,
      (SELECT count(DISTINCT user_key) FROM daily_active_users WHERE ${days}) AS active_users,
      ${mean('response_time_sum_ms', 'response_time_count')} AS avg_response_time,
      ${mean('rating_sum', 'rating_count')} AS satisfaction, sum(rating_count) AS ratings,
      (SELECT coalesce(sum(error_count), 0) FROM agent_metrics WHERE ${days}) AS errors,
      sum(workflow_executions) AS workflow_executions,
      (SELECT count(DISTINCT agent_id) FROM agent_metrics WHERE ${days}) AS active_agents
    FROM daily_metrics WHERE ${days} HAVING count(*) > 0`.execute(tx)
  const [row] = rows
  return row && { ...NO_FIGURES, ...row }
}
