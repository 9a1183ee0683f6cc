import { sql } from 'kysely'
import type { TenantTx } from '../../src/database/transaction.ts'

/**
 * The same dashboard from events: the same questions about the same two periods, as plainly as they can be asked.
 * Percentiles and distinct people are exact, as ours are of people.
 */
export async function readRaw(
  tx: TenantTx,
  { from, to, before }: { from: string; to: string; before: string },
) {
  const totals = await sql<Record<string, number>>`
    SELECT ${FIGURES} FROM ${events(tx, from, to)}`.execute(tx)
  const previous = await sql<Record<string, number>>`
    SELECT ${FIGURES} FROM ${events(tx, before, from)}`.execute(tx)
  const days = await readRawDays(tx, { from, to })
  const agents = await sql<{ id: string }>`
    SELECT agents.id, agents.name, agents.is_active, ${FIGURES}
    FROM ${events(tx, from, to)} JOIN agents ON agents.organization_id = ${tx.organizationId} AND agents.id = agent_id
    GROUP BY agents.id, agents.name, agents.is_active ORDER BY messages DESC, agents.id DESC LIMIT 10`.execute(
    tx,
  )
  return {
    totals: totals.rows[0],
    previous: previous.rows[0],
    days: days.length,
    busiest: agents.rows.map(({ id }) => id),
  }
}

/** Every day of a period, from its events. */
export async function readRawDays(tx: TenantTx, { from, to }: { from: string; to: string }) {
  const { rows } = await sql<{ day: string; messages: number; active_users: number }>`
    SELECT (created_at AT TIME ZONE 'UTC')::date AS day, ${FIGURES} FROM ${events(tx, from, to)} GROUP BY day
    ORDER BY day`.execute(tx)
  return rows
}

const events = (tx: TenantTx, from: string, to: string) => sql`(
  SELECT * FROM analytics_events WHERE organization_id = ${tx.organizationId}
    AND created_at >= ${from}::timestamp AT TIME ZONE 'UTC' AND created_at < ${to}::timestamp AT TIME ZONE 'UTC'
) AS event`

const time = sql`(properties ->> 'response_time_ms')::numeric`
const isMessage = sql`event_type = 'message.created'`
const FIGURES = sql`
  count(*) FILTER (WHERE ${isMessage})::integer AS messages,
  count(*) FILTER (WHERE event_type = 'conversation.started')::integer AS conversations,
  sum((properties ->> 'tokens')::integer) FILTER (WHERE ${isMessage})::integer AS tokens,
  count(DISTINCT coalesce(event.user_id::text, end_user_id))::integer AS active_users,
  avg(${time}) FILTER (WHERE ${isMessage}) AS avg_response_time,
  percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY ${time}) FILTER (WHERE ${isMessage}) AS percentiles,
  avg((properties ->> 'score')::numeric) FILTER (WHERE event_type = 'conversation.rated') AS satisfaction,
  count(*) FILTER (WHERE event_type = 'conversation.rated')::integer AS ratings,
  count(*) FILTER (WHERE event_type = 'agent.error')::integer AS errors,
  count(*) FILTER (WHERE event_type = 'workflow.executed')::integer AS workflow_executions,
  count(DISTINCT agent_id)::integer AS active_agents`
