import { MERGE_RETURNS, RETURNS_OF_CHANGED } from './active-user-returns.ts'

/**
 * The statement that takes the markers of one day that carry figures and adds these to its metrics. It never reads an
 * event, so what it costs depends on what is new and not on how full the day is. Values: organization, date, begin and end
 * of the day, begin of its markers (the function metrics_day gives the three).
 */
export const ADD_FIGURES = `
  WITH gone AS (
    DELETE FROM rollup_dirty
    WHERE organization_id = $1::uuid AND bucket >= $5::timestamptz AND bucket < $4::timestamptz AND messages IS NOT NULL
    RETURNING *
  ),
  marker AS MATERIALIZED (SELECT * FROM gone WHERE bucket >= $3::timestamptz),
  per_agent AS MATERIALIZED (
    SELECT agent_id, sum(messages) AS messages, sum(conversations) AS conversations,
      sum(workflow_executions) AS workflow_executions, sum(errors) AS errors, sum(tokens) AS tokens,
      sum(response_time_sum_ms) AS response_time_sum_ms, count(response_time) AS response_time_count,
      sum(rating_sum) AS rating_sum, sum(rating_count) AS rating_count,
      coalesce(histogram_of(array_agg(response_time) FILTER (WHERE response_time IS NOT NULL)), '{}')
        AS response_time_histogram
    FROM (
      SELECT agent_id, messages, conversations, workflow_executions, errors, tokens, response_time_sum_ms,
        rating_sum, rating_count, NULL::smallint AS response_time
      FROM marker
      UNION ALL
      SELECT agent_id, 0, 0, 0, 0, 0, 0, 0, 0, response_time FROM marker, unnest(response_times) AS response_time
    ) AS added
    GROUP BY agent_id
  ),
  entered AS (
    INSERT INTO daily_active_users (organization_id, date, user_key)
    SELECT $1::uuid, $2::date, user_key
    FROM (SELECT user_key FROM marker, unnest(user_keys) AS user_key GROUP BY user_key) AS person
    -- Most are there already: to look costs less than to try. Asked as a value, for one probe of the index a person
    -- whatever the planner expects; NOT EXISTS may become a join that reads the whole day.
    WHERE (
      SELECT true FROM daily_active_users AS known
      WHERE known.organization_id = $1::uuid AND known.date = $2::date AND known.user_key = person.user_key
    ) IS NULL
    ON CONFLICT DO NOTHING
    RETURNING user_key
  ),
  active_agents_added AS (
    INSERT INTO daily_active_agents (organization_id, date, agent_id)
    SELECT $1::uuid, $2::date, agent_id FROM per_agent WHERE agent_id IS NOT NULL
    ON CONFLICT DO NOTHING
    RETURNING agent_id
  ),
  day_written AS (
    INSERT INTO daily_metrics AS present (organization_id, date, total_messages, total_conversations, total_tokens,
      unique_users, agent_count, workflow_executions, error_count, response_time_sum_ms, response_time_count, rating_sum,
      rating_count, response_time_histogram)
    SELECT $1::uuid, $2::date, sum(messages), sum(conversations), sum(tokens),
      (SELECT count(*) FROM entered), (SELECT count(*) FROM active_agents_added), sum(workflow_executions), sum(errors),
      sum(response_time_sum_ms), sum(response_time_count), sum(rating_sum), sum(rating_count),
      sum_arrays(response_time_histogram)
    FROM per_agent HAVING count(*) > 0
    ON CONFLICT (organization_id, date) DO UPDATE SET ${add([
      'total_messages',
      'total_conversations',
      'total_tokens',
      'unique_users',
      'agent_count',
      'workflow_executions',
      'error_count',
    ])}
  ),
  agents_written AS (
    INSERT INTO agent_metrics AS present (organization_id, agent_id, date, conversation_count, message_count,
      total_tokens, error_count, response_time_sum_ms, response_time_count, rating_sum, rating_count,
      response_time_histogram)
    SELECT $1::uuid, agent_id, $2::date, conversations, messages, tokens, errors,
      response_time_sum_ms, response_time_count, rating_sum, rating_count, response_time_histogram
    FROM per_agent JOIN agents ON agents.organization_id = $1::uuid AND agents.id = per_agent.agent_id
    ON CONFLICT (agent_id, date) DO UPDATE SET ${add([
      'conversation_count',
      'message_count',
      'total_tokens',
      'error_count',
    ])}
  ),
  changed AS (SELECT user_key, 1 AS change FROM entered),
  ${RETURNS_OF_CHANGED},
  delta AS (SELECT * FROM own_returns UNION ALL SELECT * FROM later_returns)
  ${MERGE_RETURNS}`

function add(counts: readonly string[]): string {
  const sums = [...counts, 'response_time_sum_ms', 'response_time_count', 'rating_sum', 'rating_count']
  return [
    ...sums.map(column => `${column} = present.${column} + excluded.${column}`),
    'response_time_histogram = add_arrays(present.response_time_histogram, excluded.response_time_histogram)',
    'computed_at = excluded.computed_at',
  ].join(', ')
}
