import { Type } from 'typebox'
import { type Figure, GLOSSARY } from '../../../domains/analytics/index.ts'

const count = (figure: Figure) => Type.Integer({ description: GLOSSARY[figure].how })
const measured = (figure: Figure) =>
  Type.Union([Type.Number(), Type.Null()], { description: GLOSSARY[figure].how })

/** The figures that an agent has, each with how it is computed. */
export const AGENT_FIGURES = {
  messages: count('messages'),
  conversations: count('conversations'),
  tokens: count('tokens'),
  avg_response_time: measured('avg_response_time'),
  p50_response_time: measured('p50_response_time'),
  p95_response_time: measured('p95_response_time'),
  p99_response_time: measured('p99_response_time'),
  satisfaction: measured('satisfaction'),
  ratings: count('ratings'),
  errors: count('errors'),
}

/** The figures that an organization has. */
export const FIGURES = {
  ...AGENT_FIGURES,
  active_users: count('active_users'),
  workflow_executions: count('workflow_executions'),
  active_agents: count('active_agents'),
}

const date = (description: string) => Type.String({ format: 'date', description })
const ComputedAt = Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
  description: 'When a figure of it last changed; null where there is none.',
})

export const PERIOD = {
  from: date('The first day.'),
  to: date('The last day, included.'),
}

/** What every report says of itself. */
export const REPORTED = {
  ...PERIOD,
  time_zone: Type.String({
    description: "The organization's zone, whose days these are.",
    examples: ['Europe/Berlin'],
  }),
  is_running: Type.Boolean({ description: 'The last day is not over: its figures still grow.' }),
  computed_at: ComputedAt,
}

const DAY = { date: date('The day, in the zone of the organization.'), computed_at: ComputedAt }
export const Day = Type.Object({ ...DAY, ...FIGURES })
export const AgentDay = Type.Object({ ...DAY, ...AGENT_FIGURES })

export const LastActiveOn = Type.Union([
  date('The last day of the period with an event about it.'),
  Type.Null(),
])
