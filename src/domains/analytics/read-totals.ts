import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { countActiveUsers } from './count-active-users.ts'
import { type Figures, HISTOGRAM, mean, NO_FIGURES, percentileFigures } from './figures.ts'
import type { Period } from './period.ts'

/** The figures of a whole period, merged from its days; undefined where no day of it has any. */
export async function readTotals(tx: TenantTx, { from, to }: Period): Promise<Figures | undefined> {
  const days = sql`organization_id = ${tx.organizationId} AND date BETWEEN ${from} AND ${to}`
  const { rows } = await sql<Figures & { response_times: number[][] }>`
    SELECT sum(total_messages) AS messages, sum(total_conversations) AS conversations, sum(total_tokens) AS tokens,
      ${mean('response_time_sum_ms', 'response_time_count')} AS avg_response_time,
      ${mean('rating_sum', 'rating_count')} AS satisfaction, sum(rating_count) AS ratings, sum(error_count) AS errors,
      sum(workflow_executions) AS workflow_executions, json_agg(${HISTOGRAM}) AS response_times,
      -- One probe an agent, however many days each was active on.
      (SELECT count(*) FROM agents CROSS JOIN LATERAL (
        SELECT FROM agent_metrics WHERE agent_id = agents.id AND ${days} LIMIT 1
      ) AS active WHERE organization_id = ${tx.organizationId}) AS active_agents
    FROM daily_metrics WHERE ${days} HAVING count(*) > 0`.execute(tx)
  if (rows[0] === undefined) return undefined
  const { response_times, ...row } = rows[0]
  return {
    ...NO_FIGURES,
    ...row,
    ...percentileFigures(response_times),
    active_users: await countActiveUsers(tx, { from, to }),
  }
}
