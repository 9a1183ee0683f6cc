import type { EventRow } from '../../../domains/analytics/write-events.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const ofType = (events: readonly EventRow[], type: string) =>
  events.filter(event => event.event_type === type)
const numbers = (events: readonly EventRow[], type: string, property: string) =>
  ofType(events, type)
    .map(event => event.properties?.[property])
    .filter(value => typeof value === 'number')
const mean = (values: readonly number[]) =>
  values.length === 0 ? null : Math.round((sum(values) / values.length) * 100) / 100
const distinct = (values: readonly unknown[]) => new Set(values.filter(Boolean)).size

/** The figures of these events by the plainest way there is; `exact` are the true percentiles. */
export function rawFigures(events: readonly EventRow[]) {
  const times = numbers(events, 'message.created', 'response_time_ms').sort((one, other) => one - other)
  const rank = (part: number) => times[Math.max(1, Math.ceil(part * times.length)) - 1] ?? null
  return {
    figures: {
      messages: ofType(events, 'message.created').length,
      conversations: ofType(events, 'conversation.started').length,
      tokens: sum(numbers(events, 'message.created', 'tokens')),
      active_users: distinct(events.map(event => event.end_user_id ?? event.user_id)),
      avg_response_time: mean(times),
      satisfaction: mean(numbers(events, 'conversation.rated', 'score')),
      ratings: numbers(events, 'conversation.rated', 'score').length,
      errors: ofType(events, 'agent.error').length,
      workflow_executions: ofType(events, 'workflow.executed').length,
      active_agents: distinct(events.map(event => event.agent_id)),
    },
    exact: { p50_response_time: rank(0.5), p95_response_time: rank(0.95), p99_response_time: rank(0.99) },
  }
}
