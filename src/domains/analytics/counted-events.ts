import { END_USER_KEY, FIGURES, MEASURED, MEMBER_KEY, RESPONSE_TIMES } from './event-figures.ts'

/**
 * SQL that counts the events of one day from scratch: `per_agent`, a row for each agent that had one (NULL: of none), and
 * `active`, the keys of its people. $1 is the organization, $3 and $4 are the begin and the end of the day.
 */
export const COUNTED_EVENTS = `event AS NOT MATERIALIZED (
    SELECT * FROM analytics_events
    WHERE organization_id = $1::uuid AND created_at >= $3::timestamptz AND created_at < $4::timestamptz
  ),
  per_agent AS MATERIALIZED (
    SELECT agent_id, ${FIGURES}, count(response_time_ms) AS response_time_count,
      coalesce(histogram_of(${RESPONSE_TIMES}), '{}') AS response_time_histogram
    FROM (SELECT agent_id, ${MEASURED} FROM event) AS measured
    GROUP BY agent_id
  ),
  active AS MATERIALIZED (
    SELECT DISTINCT person.user_key
    FROM (SELECT DISTINCT user_id, end_user_id FROM event) AS pair CROSS JOIN LATERAL (VALUES (${MEMBER_KEY}), (${END_USER_KEY})) AS person(user_key)
    WHERE person.user_key IS NOT NULL
  )`
