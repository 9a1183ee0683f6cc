import type { TenantTx } from '../../database/transaction.ts'
import { PREVIOUS_DATE } from './active-user-returns.ts'
import { COUNTED_EVENTS } from './counted-events.ts'

/** `same` as the events, or the tables that are not; `behind`: markers wait, so that they need not be. */
export type Audit = 'behind' | 'sealed' | 'same' | { readonly differing: readonly string[] }

/**
 * Recomputes one day from its events and compares it with what is stored, in one statement that changes nothing and
 * locks nobody out: its one snapshot holds events, markers and figures as they belong together.
 */
export async function auditDay(tx: TenantTx, { date }: { date: string }): Promise<Audit> {
  await tx.client.query('SET TRANSACTION READ ONLY; SET LOCAL enable_nestloop = off; SET LOCAL jit = off')
  const { rows: days } = await tx.client.query<{ begins: string; ends: string; markersBegin: string }>(
    `SELECT begins::text, ends::text, markers_begin::text AS "markersBegin" FROM metrics_day($1, $2)
     WHERE begins IS NOT NULL`,
    [tx.organizationId, date],
  )
  const [day] = days
  if (day === undefined) return 'sealed'
  const { rows } = await tx.client.query<{ isBehind: boolean } & Record<Compared, boolean>>({
    text: AUDIT,
    values: [tx.organizationId, date, day.begins, day.ends, day.markersBegin],
  })
  const [found] = rows
  if (found === undefined || found.isBehind) return 'behind'
  const differing = COMPARED.filter(table => found[table])
  return differing.length === 0 ? 'same' : { differing }
}

const COMPARED = [
  'daily_metrics',
  'agent_metrics',
  'daily_active_users',
  'daily_active_agents',
  'active_user_returns',
] as const
type Compared = (typeof COMPARED)[number]

const SUMS = 'response_time_sum_ms, response_time_count, rating_sum, rating_count, response_time_histogram'

/** Whether one of the two selects gives a row that the other does not. */
const differ = (counted: string, stored: string) => `(
    EXISTS (SELECT FROM ((${counted}) EXCEPT ALL (${stored})) AS missing)
    OR EXISTS (SELECT FROM ((${stored}) EXCEPT ALL (${counted})) AS surplus))`

const OF_DAY = 'organization_id = $1::uuid AND date = $2::date'

const AUDIT = `
  WITH ${COUNTED_EVENTS}
  SELECT
    EXISTS (
      SELECT FROM rollup_dirty
      WHERE organization_id = $1::uuid AND bucket >= $5::timestamptz AND bucket < $4::timestamptz
    ) OR NOT EXISTS (
      SELECT FROM organizations JOIN rollup_zones ON rollup_zones.organization_id = organizations.id
      WHERE organizations.id = $1::uuid AND rollup_zones.time_zone = usable_time_zone(organizations.time_zone)
    ) AS "isBehind",
    ${differ(
      `SELECT sum(messages), sum(conversations), sum(tokens), (SELECT count(*) FROM active), count(agent_id),
        sum(workflow_executions), sum(response_time_sum_ms), sum(response_time_count), sum(rating_sum),
        sum(rating_count), sum_arrays(response_time_histogram) FROM per_agent HAVING count(*) > 0`,
      `SELECT total_messages, total_conversations, total_tokens, unique_users, agent_count, workflow_executions,
        ${SUMS} FROM daily_metrics WHERE ${OF_DAY}`,
    )} AS daily_metrics,
    ${differ(
      `SELECT agent_id, conversations, messages, tokens, errors, ${SUMS} FROM per_agent
        JOIN agents ON agents.organization_id = $1::uuid AND agents.id = per_agent.agent_id`,
      `SELECT agent_id, conversation_count, message_count, total_tokens, error_count, ${SUMS} FROM agent_metrics
        WHERE ${OF_DAY}`,
    )} AS agent_metrics,
    ${differ('SELECT user_key FROM active', `SELECT user_key FROM daily_active_users WHERE ${OF_DAY}`)}
      AS daily_active_users,
    ${differ(
      'SELECT agent_id FROM per_agent WHERE agent_id IS NOT NULL',
      `SELECT agent_id FROM daily_active_agents WHERE ${OF_DAY}`,
    )} AS daily_active_agents,
    ${differ(
      `SELECT previous_date, count(*)::integer FROM (SELECT ${PREVIOUS_DATE('active')}::date AS previous_date FROM active)
        AS activity GROUP BY previous_date`,
      `SELECT previous_date, users FROM active_user_returns WHERE ${OF_DAY}`,
    )} AS active_user_returns`
