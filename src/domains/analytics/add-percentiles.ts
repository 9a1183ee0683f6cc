import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { HISTOGRAM, percentileFigures } from './figures.ts'
import type { Period } from './period.ts'
import type { AgentFigures, AgentSums } from './read-agent-figures.ts'

/** The agents with the percentiles of their response times over the period: for those that are shown, not for all. */
export async function addPercentiles(
  tx: TenantTx,
  { from, to }: Period,
  agents: readonly AgentSums[],
): Promise<AgentFigures[]> {
  const { rows } = await sql<{ agent_id: string; times: number[] }>`
    SELECT agent_id, ${HISTOGRAM} AS times FROM agent_metrics
    WHERE organization_id = ${tx.organizationId} AND agent_id = ANY (${agents.map(({ id }) => id)}::uuid[])
      AND date BETWEEN ${from} AND ${to} AND response_time_count > 0`.execute(tx)
  const known = new Map<string, number[][]>(agents.map(({ id }) => [id, []]))
  for (const { agent_id, times } of rows) known.get(agent_id)?.push(times)
  return agents.map(agent => ({ ...agent, ...percentileFigures(known.get(agent.id) ?? []) }))
}
