import { type RawBuilder, sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { MEASURES, type Measure } from './measured-properties.ts'

/**
 * Leaves the metrics of one day (UTC) equal to its events as of this transaction, whatever else runs at the same
 * time; run again, it writes the same bytes. A day without events has no row, an agent that no longer exists has none.
 *
 * Three statements, each with a snapshot of its own (READ COMMITTED), in this order:
 *
 * 1. Lock the organization's day until the end of the transaction. Taken before any snapshot that counts: of two
 *    roll-ups of a day the second reads after the first has committed, so no older count is written over a newer one.
 * 2. Delete the day's markers. An event and its marker commit together, so an event that step 3 does not see was
 *    committed after its snapshot, hence after that of step 2, which cannot have deleted its marker: the marker stays
 *    and the day is rolled up again. An event whose marker was deleted was committed before step 3, which counts it.
 * 3. Recompute from the events and write. One statement, so that the three tables agree with each other.
 *
 * No table lock and no watermark: writers never wait, a late event is an event like any other, and a crash undoes
 * the deletion of the markers with all the rest, so the work is done again.
 */
export async function rollUpDay(tx: TenantTx, { date }: { date: string }): Promise<void> {
  // A server may have another default, under which all statements would share the snapshot of the lock. And a day's
  // people are compared with those of the last time by hash, never each with each, however few the planner expects.
  // That setting adds 10^10 to the cost of the loops that remain, for which a server with LLVM would compile the plan
  // anew each time: 7.4 s a day of four events, against 0.04 s without.
  await tx.client.query(
    'SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL enable_nestloop = off; SET LOCAL jit = off',
  )
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`analytics.roll-up:${tx.organizationId}:${date}`}, 0))`.execute(
    tx,
  )
  await sql`
    DELETE FROM rollup_dirty
    WHERE organization_id = ${tx.organizationId}
      AND bucket >= (${date}::date)::timestamp AT TIME ZONE 'UTC'
      AND bucket < (${date}::date + 1)::timestamp AT TIME ZONE 'UTC'`.execute(tx)
  await recomputeDay({ organizationId: tx.organizationId, date }).execute(tx)
}

/**
 * The statement that computes the metrics of one day from its events and writes them. Rows that would not change are not
 * written, so an idle rerun leaves no trace but its lock.
 */
export function recomputeDay(of: { organizationId: string; date: string }): RawBuilder<unknown> {
  const organizationId = sql`${of.organizationId}::uuid`
  const day = sql`${of.date}::date`
  return sql`
    WITH event AS NOT MATERIALIZED (
      SELECT * FROM analytics_events
      WHERE organization_id = ${organizationId}
        AND created_at >= ${day}::timestamp AT TIME ZONE 'UTC'
        AND created_at < (${day} + 1)::timestamp AT TIME ZONE 'UTC'
    ),
    per_agent AS MATERIALIZED (
      SELECT agent_id,
        count(*) FILTER (WHERE event_type = 'message.created') AS messages,
        count(*) FILTER (WHERE event_type = 'conversation.started') AS conversations,
        count(*) FILTER (WHERE event_type = 'workflow.executed') AS workflow_executions,
        count(*) FILTER (WHERE event_type = 'agent.error') AS errors,
        coalesce(sum(tokens), 0) AS tokens,
        coalesce(sum(response_time_ms), 0) AS response_time_sum_ms, count(response_time_ms) AS response_time_count,
        coalesce(sum(score), 0) AS rating_sum, count(score) AS rating_count
      FROM (
        SELECT agent_id, event_type, ${measure('tokens')} AS tokens,
          ${measure('response_time_ms')} AS response_time_ms,
          ${measure('score')} AS score
        FROM event
      ) AS measured
      GROUP BY agent_id
    ),
    active AS MATERIALIZED (
      SELECT DISTINCT person.user_key
      FROM (SELECT DISTINCT user_id, end_user_id FROM event) AS pair
      CROSS JOIN LATERAL (VALUES
        (sha256(convert_to('m:' || pair.user_id, 'UTF8'))),
        (sha256(convert_to('e:' || pair.end_user_id, 'UTF8')))
      ) AS person(user_key)
      WHERE person.user_key IS NOT NULL
    ),
    day_written AS (
      INSERT INTO daily_metrics AS present (organization_id, date, total_messages, total_conversations, total_tokens,
        unique_users, agent_count, workflow_executions, response_time_sum_ms, response_time_count, rating_sum, rating_count)
      SELECT ${organizationId}, ${day}, sum(messages), sum(conversations), sum(tokens),
        (SELECT count(*) FROM active), count(agent_id), sum(workflow_executions),
        sum(response_time_sum_ms), sum(response_time_count), sum(rating_sum), sum(rating_count)
      FROM per_agent HAVING count(*) > 0
      ON CONFLICT (organization_id, date) DO UPDATE SET ${overwrite(DAY_COLUMNS)}
    ),
    day_removed AS (
      DELETE FROM daily_metrics
      WHERE organization_id = ${organizationId} AND date = ${day} AND NOT EXISTS (SELECT FROM per_agent)
    ),
    agents_written AS (
      INSERT INTO agent_metrics AS present (organization_id, agent_id, date, conversation_count, message_count,
        total_tokens, error_count, response_time_sum_ms, response_time_count, rating_sum, rating_count)
      SELECT ${organizationId}, agent_id, ${day}, conversations, messages,
        tokens, errors, response_time_sum_ms, response_time_count, rating_sum, rating_count
      FROM per_agent JOIN agents ON agents.organization_id = ${organizationId} AND agents.id = per_agent.agent_id
      ON CONFLICT (agent_id, date) DO UPDATE SET ${overwrite(AGENT_COLUMNS)}
    ),
    agents_removed AS (
      DELETE FROM agent_metrics AS present
      WHERE organization_id = ${organizationId} AND date = ${day}
        AND NOT EXISTS (SELECT FROM per_agent WHERE per_agent.agent_id = present.agent_id)
    ),
    active_removed AS (
      DELETE FROM daily_active_users AS present
      WHERE organization_id = ${organizationId} AND date = ${day}
        AND NOT EXISTS (SELECT FROM active WHERE active.user_key = present.user_key)
    )
    INSERT INTO daily_active_users (organization_id, date, user_key)
    SELECT ${organizationId}, ${day}, user_key FROM active
    WHERE NOT EXISTS (
      SELECT FROM daily_active_users AS present
      WHERE present.organization_id = ${organizationId} AND present.date = ${day} AND present.user_key = active.user_key
    )
    ON CONFLICT DO NOTHING`
}

const SUMS = ['response_time_sum_ms', 'response_time_count', 'rating_sum', 'rating_count']
const DAY_COLUMNS = [
  'total_messages',
  'total_conversations',
  'total_tokens',
  'unique_users',
  'agent_count',
  'workflow_executions',
  ...SUMS,
]
const AGENT_COLUMNS = ['conversation_count', 'message_count', 'total_tokens', 'error_count', ...SUMS]

/** `SET` of an upsert that takes the new values where one of them differs, and else leaves the row alone. */
function overwrite(columns: readonly string[]): RawBuilder<unknown> {
  const list = (prefix: string) => sql.join(columns.map(column => sql.ref(`${prefix}.${column}`)))
  return sql`(${sql.join(columns.map(column => sql.ref(column)))}, computed_at) = (${list('excluded')}, excluded.computed_at)
    WHERE (${list('present')}) IS DISTINCT FROM (${list('excluded')})`
}

/**
 * A property as a number, NULL where it is none or out of the range that the event door accepts. JSON values of other
 * types sort outside of every range of numbers, so the comparison alone makes the cast safe.
 */
function measure(property: Measure['property']): RawBuilder<unknown> {
  const conditions = MEASURES.filter(measured => measured.property === property).map(
    ({ eventType, least, most }) => sql`event_type = ${sql.lit(eventType)}
      AND properties -> ${sql.lit(property)} BETWEEN ${sql.lit(String(least))}::jsonb AND ${sql.lit(String(most))}::jsonb`,
  )
  return sql`CASE WHEN ${sql.join(conditions, sql` OR `)} THEN (properties -> ${sql.lit(property)})::numeric END`
}
