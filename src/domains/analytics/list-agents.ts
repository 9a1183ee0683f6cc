import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { addPercentiles } from './add-percentiles.ts'
import { percentileFigures } from './figures.ts'
import { instant } from './instant.ts'
import { datesOf, type Period } from './period.ts'
import { type AgentFigures, type AgentFilter, readAgentFigures } from './read-agent-figures.ts'
import { type AskedPeriod, type Reported, reportedPeriod, reportOf } from './reported-period.ts'
import { type AgentSort, comparePlaces, type Place, type Sorting, sortAgents } from './sort-agents.ts'

export type AgentPage = Reported & {
  readonly agents: (AgentFigures & { readonly daily_messages: number[] })[]
  /** All that fit, on every page. */
  readonly total: number
  /** Where the page behind begins; absent on the last one. */
  readonly next: Place | undefined
}

/**
 * A page of the organization's agents with their figures, sorted by any of them. Pages continue behind the place of the
 * last one seen, so an agent is left out or seen twice only where its own figure moved meanwhile.
 */
export async function listAgents(
  tx: TenantTx,
  input: AskedPeriod & AgentFilter & Sorting & { limit: number; after?: Place | undefined },
): Promise<AgentPage> {
  const { sort, order, limit, after } = input
  const period = await reportedPeriod(tx, input)
  const sums = await readAgentFigures(tx, { ...input, ...period })
  const sortable = isPercentile(sort)
    ? await addPercentiles(tx, period, sums)
    : sums.map(agent => ({ ...agent, ...percentileFigures([]) }))
  const agents = sortAgents(sortable, { sort, order })
  const first =
    after === undefined
      ? 0
      : agents.findIndex(agent => comparePlaces({ value: agent[sort], id: agent.id }, after, order) > 0)
  const page = first === -1 ? [] : agents.slice(first, first + limit)
  const last = first !== -1 && first + limit < agents.length ? page.at(-1) : undefined
  const daily = await readDailyMessages(tx, period, page)
  const shown = isPercentile(sort) ? page : await addPercentiles(tx, period, page)
  return {
    ...reportOf(period, daily.computed),
    agents: shown.map(agent => ({ ...agent, daily_messages: daily.messagesOf(agent.id) })),
    total: agents.length,
    next: last && { value: last[sort], id: last.id },
  }
}

const isPercentile = (sort: AgentSort) => Object.hasOwn(percentileFigures([]), sort)

/** What each of these agents did on each day of the period. */
async function readDailyMessages(tx: TenantTx, period: Period, agents: readonly { id: string }[]) {
  const { rows } = await sql<{ agent_id: string; date: string; messages: number; computed_at: string }>`
    SELECT agent_id, date, message_count AS messages, ${instant('computed_at')} AS computed_at FROM agent_metrics
    WHERE organization_id = ${tx.organizationId} AND agent_id = ANY (${agents.map(({ id }) => id)}::uuid[])
      AND date BETWEEN ${period.from} AND ${period.to}`.execute(tx)
  const known = new Map(rows.map(({ agent_id, date, messages }) => [`${agent_id} ${date}`, messages]))
  const dates = datesOf(period)
  return {
    computed: rows,
    messagesOf: (id: string) => dates.map(date => known.get(`${id} ${date}`) ?? 0),
  }
}
