import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { type Figures, mean, type percentileFigures } from './figures.ts'
import type { Period } from './period.ts'

/** What the events about one agent amount to. */
export type FiguresOfAgent = Omit<Figures, 'active_users' | 'active_agents' | 'workflow_executions'>

export type AgentFigures = {
  readonly id: string
  readonly name: string
  readonly is_active: boolean
  /** The last day of the period on which an event was about it. */
  readonly last_active_on: string | null
} & FiguresOfAgent

/** What they are but for percentiles, which cost more: {@link addPercentiles} has those. */
export type AgentSums = Omit<AgentFigures, keyof ReturnType<typeof percentileFigures>>

/**
 * The figures of every agent of the organization that fits, by id, those without events included. One row for
 * each agent: however they are sorted and cut into pages, it is done to these.
 */
export async function readAgentFigures(
  tx: TenantTx,
  { from, to, ...only }: Period & AgentFilter,
): Promise<AgentSums[]> {
  const { ids, search, isActive, slice } = only
  const isSome = ids !== undefined || slice !== undefined
  const { rows } = await sql<AgentSums>`
    WITH listed AS (
      SELECT id, name, is_active FROM agents
      WHERE organization_id = ${tx.organizationId}
        ${ids === undefined ? sql`` : sql`AND id = ANY (${ids}::uuid[])`}
        ${isActive === undefined ? sql`` : sql`AND is_active = ${isActive}`}
        ${search === undefined ? sql`` : sql`AND strpos(lower(name), lower(${search})) > 0`}
        ${slice === undefined ? sql`` : sql`AND id > ${slice.after} ORDER BY id LIMIT ${slice.limit}`}
    )
    SELECT id, name, is_active, last_active_on, coalesce(messages, 0) AS messages, coalesce(conversations, 0) AS conversations,
      coalesce(tokens, 0) AS tokens, avg_response_time,
      satisfaction, coalesce(ratings, 0) AS ratings, coalesce(errors, 0) AS errors
    FROM listed LEFT JOIN (
      SELECT agent_id, max(date) AS last_active_on, sum(message_count) AS messages, sum(conversation_count) AS conversations,
        sum(total_tokens) AS tokens, ${mean('response_time_sum_ms', 'response_time_count')} AS avg_response_time,
        ${mean('rating_sum', 'rating_count')} AS satisfaction, sum(rating_count) AS ratings, sum(error_count) AS errors
      FROM agent_metrics
      WHERE organization_id = ${tx.organizationId} AND date BETWEEN ${from} AND ${to}
        ${isSome ? sql`AND agent_id IN (SELECT id FROM listed)` : sql``}
      GROUP BY agent_id
    ) AS measured ON agent_id = id
    ORDER BY id`.execute(tx)
  return rows
}

export type AgentFilter = {
  readonly ids?: readonly string[] | undefined
  /** Part of a name, in any case. */
  readonly search?: string | undefined
  readonly isActive?: boolean | undefined
  /** Only so many of them, behind this id. */
  readonly slice?: { readonly after: string; readonly limit: number } | undefined
}
