import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { percentileFigures } from './figures.ts'
import type { Period } from './period.ts'
import type { AgentFigures, AgentSums } from './read-agent-figures.ts'

/** The agents with the percentiles of their response times over the period: for those that are shown, not for all. */
export async function addPercentiles(
  tx: TenantTx,
  { from, to }: Period,
  agents: readonly AgentSums[],
): Promise<AgentFigures[]> {
  const { rows } = await sql<{ agent_id: string; times: number[] }>`
    SELECT agent_id, response_time_histogram AS times FROM agent_metrics
    WHERE organization_id = ${tx.organizationId} AND agent_id = ANY (${agents.map(({ id }) => id)}::uuid[])
      AND date BETWEEN ${from} AND ${to} AND response_time_count > 0`.execute(tx)
  const merged = new Map<string, number[]>()
  for (const { agent_id, times } of rows) {
    const sum = merged.get(agent_id) ?? []
    for (const [bucket, count] of times.entries()) sum[bucket] = (sum[bucket] ?? 0) + count
    merged.set(agent_id, sum)
  }
  return agents.map(agent => ({ ...agent, ...percentileFigures(merged.get(agent.id) ?? []) }))
}
