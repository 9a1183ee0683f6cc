import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { requireAgent } from '../agents/index.ts'
import { addPercentiles } from './add-percentiles.ts'
import { HISTOGRAM, NO_FIGURES, percentileFigures } from './figures.ts'
import { instant } from './instant.ts'
import { datesOf, type Period } from './period.ts'
import { type AgentFigures, type FiguresOfAgent, readAgentFigures } from './read-agent-figures.ts'
import { type AskedPeriod, type Reported, reportedPeriod, reportOf } from './reported-period.ts'

export type AgentReport = Reported & {
  readonly id: string
  readonly name: string
  readonly is_active: boolean
  readonly totals: FiguresOfAgent
  /** Of as many days right before; null where the agent did nothing on them. */
  readonly previous: (Period & FiguresOfAgent) | null
  readonly days: AgentDay[]
}

type AgentDay = { readonly date: string; readonly computed_at: string | null } & FiguresOfAgent

/** An agent and what the events about it amount to, over the period and on every day of it. */
export async function readAgent(
  tx: TenantTx,
  { agentId, ...asked }: AskedPeriod & { agentId: string },
): Promise<AgentReport> {
  const period = await reportedPeriod(tx, asked)
  await requireAgent(tx, agentId)
  const {
    id,
    name,
    is_active,
    last_active_on: _,
    ...totals
  } = await readFigures(tx, { ...period, ids: [agentId] })
  const before = await readFigures(tx, { ...period.previous, ids: [agentId] })
  const days = await readDays(tx, { ...period, agentId })
  return {
    ...reportOf(period, days),
    id,
    name,
    is_active,
    totals,
    previous: before.last_active_on === null ? null : { ...before, ...period.previous },
    days,
  }
}

async function readFigures(tx: TenantTx, question: Period & { ids: string[] }): Promise<AgentFigures> {
  const [agent] = await addPercentiles(tx, question, await readAgentFigures(tx, question))
  return agent as AgentFigures
}

async function readDays(
  tx: TenantTx,
  { agentId, ...period }: Period & { agentId: string },
): Promise<AgentDay[]> {
  const { rows } = await sql<AgentDay & { response_times: number[] }>`
    SELECT date, message_count AS messages, conversation_count AS conversations, total_tokens AS tokens,
      avg_response_time, ${HISTOGRAM} AS response_times, satisfaction_score AS satisfaction, rating_count AS ratings, error_count AS errors,
      ${instant('computed_at')} AS computed_at
    FROM agent_metrics
    WHERE organization_id = ${tx.organizationId} AND agent_id = ${agentId}
      AND date BETWEEN ${period.from} AND ${period.to}`.execute(tx)
  const known = new Map(
    rows.map(({ response_times, ...day }) => [day.date, { ...day, ...percentileFigures([response_times]) }]),
  )
  return datesOf(period).map(date => ({ ...NO_FIGURES, computed_at: null, ...known.get(date), date }))
}
