import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { type Figures, HISTOGRAM, NO_FIGURES, percentileFigures } from './figures.ts'
import { instant } from './instant.ts'

export type Day = { readonly date: string; readonly computed_at: string | null } & Figures

/** The figures of each of the days, in their order, those of a day without events included. */
export async function readDays(tx: TenantTx, dates: readonly string[]): Promise<Day[]> {
  const { rows } = await sql<Day & { response_times: number[] }>`
    SELECT date, total_messages AS messages, total_conversations AS conversations, total_tokens AS tokens,
      unique_users AS active_users, avg_response_time, ${HISTOGRAM} AS response_times,
      round(rating_sum / nullif(rating_count, 0), 2) AS satisfaction, rating_count AS ratings,
      error_count AS errors, workflow_executions, agent_count AS active_agents, ${instant('computed_at')} AS computed_at
    FROM daily_metrics
    WHERE organization_id = ${tx.organizationId} AND date = ANY (${dates}::date[])`.execute(tx)
  const known = new Map(
    rows.map(({ response_times, ...day }) => [day.date, { ...day, ...percentileFigures([response_times]) }]),
  )
  return dates.map(date => ({ ...NO_FIGURES, computed_at: null, ...known.get(date), date }))
}
