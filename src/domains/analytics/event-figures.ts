import { MEASURES, type Measure } from './measured-properties.ts'

/**
 * SELECT list over events: what each adds. The door and the roll-up share it, so that the figures of a marker are those
 * that a recomputation would find.
 */
export const MEASURED = `event_type, ${measure('tokens')} AS tokens,
  ${measure('response_time_ms')} AS response_time_ms, ${measure('score')} AS score`

/** SELECT list over groups of {@link MEASURED} rows: the columns of a marker, except for the response times. */
export const FIGURES = `count(*) FILTER (WHERE event_type = 'message.created') AS messages,
  count(*) FILTER (WHERE event_type = 'conversation.started') AS conversations,
  count(*) FILTER (WHERE event_type = 'workflow.executed') AS workflow_executions,
  count(*) FILTER (WHERE event_type = 'agent.error') AS errors,
  coalesce(sum(tokens), 0) AS tokens, coalesce(sum(response_time_ms), 0) AS response_time_sum_ms,
  coalesce(sum(score), 0) AS rating_sum, count(score) AS rating_count`

/** The bucket of each response time, over the same groups. */
export const RESPONSE_TIMES =
  'array_agg(response_time_bucket(response_time_ms)) FILTER (WHERE response_time_ms IS NOT NULL)'

/** The people of an event as daily_active_users has them; NULL where it names none. */
export const MEMBER_KEY = "sha256(convert_to('m:' || user_id, 'UTF8'))"
export const END_USER_KEY = "sha256(convert_to('e:' || end_user_id, 'UTF8'))"

/**
 * A property as a number, NULL where it is none or out of the range that the event door accepts. JSON values of other
 * types sort outside of every range of numbers, so the comparison alone makes the cast safe.
 */
function measure(property: Measure['property']): string {
  const conditions = MEASURES.filter(measured => measured.property === property).map(
    ({ eventType, least, most }) => `event_type = '${eventType}'
      AND properties -> '${property}' BETWEEN '${least}'::jsonb AND '${most}'::jsonb`,
  )
  return `CASE WHEN ${conditions.join(' OR ')} THEN (properties -> '${property}')::numeric END`
}
