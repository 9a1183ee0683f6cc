import { MERGE_RETURNS, PREVIOUS_DATE, RETURNS_OF_CHANGED } from './active-user-returns.ts'
import { COUNTED_EVENTS } from './counted-events.ts'

const SUMS = [
  'response_time_sum_ms',
  'response_time_count',
  'rating_sum',
  'rating_count',
  'response_time_histogram',
]
const DAY_COLUMNS = [
  'total_messages',
  'total_conversations',
  'total_tokens',
  'unique_users',
  'agent_count',
  'workflow_executions',
  'error_count',
  ...SUMS,
]
const AGENT_COLUMNS = ['conversation_count', 'message_count', 'total_tokens', 'error_count', ...SUMS]

/** `SET` of an upsert that takes the new values where one of them differs, and else leaves the row alone. */
function overwrite(columns: readonly string[]): string {
  const list = (prefix: string) => columns.map(column => `${prefix}.${column}`).join(', ')
  return `(${columns.join(', ')}, computed_at) = (${list('excluded')}, excluded.computed_at)
    WHERE (${list('present')}) IS DISTINCT FROM (${list('excluded')})`
}

/**
 * The statement that takes all markers of one day, computes its metrics from its events, and writes them. Values:
 * organization, date, begin and end of the day, begin of its markers (the function metrics_day gives the three). Rows
 * that would not change are not written, so an idle rerun leaves no trace.
 */
export const RECOMPUTE_DAY = `
  WITH gone AS (
    DELETE FROM rollup_dirty WHERE organization_id = $1::uuid AND bucket >= $5::timestamptz AND bucket < $4::timestamptz
  ),
  ${COUNTED_EVENTS},
  day_written AS (
    INSERT INTO daily_metrics AS present (organization_id, date, total_messages, total_conversations, total_tokens,
      unique_users, agent_count, workflow_executions, error_count, response_time_sum_ms, response_time_count, rating_sum,
      rating_count, response_time_histogram)
    SELECT $1::uuid, $2::date, sum(messages), sum(conversations), sum(tokens),
      (SELECT count(*) FROM active), count(agent_id), sum(workflow_executions), sum(errors), sum(response_time_sum_ms),
      sum(response_time_count), sum(rating_sum), sum(rating_count), sum_arrays(response_time_histogram)
    FROM per_agent HAVING count(*) > 0
    ON CONFLICT (organization_id, date) DO UPDATE SET ${overwrite(DAY_COLUMNS)}
  ),
  day_removed AS (
    DELETE FROM daily_metrics
    WHERE organization_id = $1::uuid AND date = $2::date AND NOT EXISTS (SELECT FROM per_agent)
  ),
  agents_written AS (
    INSERT INTO agent_metrics AS present (organization_id, agent_id, date, conversation_count, message_count,
      total_tokens, error_count, response_time_sum_ms, response_time_count, rating_sum, rating_count,
      response_time_histogram)
    SELECT $1::uuid, agent_id, $2::date, conversations, messages, tokens, errors,
      response_time_sum_ms, response_time_count, rating_sum, rating_count, response_time_histogram
    FROM per_agent JOIN agents ON agents.organization_id = $1::uuid AND agents.id = per_agent.agent_id
    ON CONFLICT (agent_id, date) DO UPDATE SET ${overwrite(AGENT_COLUMNS)}
  ),
  agents_removed AS (
    DELETE FROM agent_metrics AS present
    WHERE organization_id = $1::uuid AND date = $2::date
      AND NOT EXISTS (SELECT FROM per_agent WHERE per_agent.agent_id = present.agent_id)
  ),
  active_agents_removed AS (
    DELETE FROM daily_active_agents AS present
    WHERE organization_id = $1::uuid AND date = $2::date
      AND NOT EXISTS (SELECT FROM per_agent WHERE per_agent.agent_id = present.agent_id)
  ),
  active_agents_added AS (
    INSERT INTO daily_active_agents (organization_id, date, agent_id)
    SELECT $1::uuid, $2::date, agent_id FROM per_agent WHERE agent_id IS NOT NULL
    ON CONFLICT DO NOTHING
  ),
  former AS MATERIALIZED (
    SELECT user_key FROM daily_active_users WHERE organization_id = $1::uuid AND date = $2::date
  ),
  entered AS (
    INSERT INTO daily_active_users (organization_id, date, user_key)
    SELECT $1::uuid, $2::date, user_key FROM active
    WHERE NOT EXISTS (SELECT FROM former WHERE former.user_key = active.user_key)
    RETURNING user_key
  ),
  departed AS (
    DELETE FROM daily_active_users AS present
    WHERE organization_id = $1::uuid AND date = $2::date
      AND NOT EXISTS (SELECT FROM active WHERE active.user_key = present.user_key)
    RETURNING user_key
  ),
  changed AS (
    SELECT user_key, 1 AS change FROM entered UNION ALL SELECT user_key, -1 FROM departed
  ),
  ${RETURNS_OF_CHANGED},
  -- Those of the day itself are counted anew, so that a recomputation leaves nothing to doubt.
  delta AS (
    SELECT $2::date AS date, ${PREVIOUS_DATE('active')} AS previous_date, 1 AS change FROM active
    UNION ALL
    SELECT date, previous_date, -users FROM active_user_returns WHERE organization_id = $1::uuid AND date = $2::date
    UNION ALL
    SELECT * FROM later_returns
  )
  ${MERGE_RETURNS}`
