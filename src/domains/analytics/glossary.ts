/** How a figure is computed: in words for people, and in which unit. */
export type Explanation = {
  readonly title: string
  readonly unit: 'count' | 'tokens' | 'milliseconds' | 'score'
  readonly how: string
}

/**
 * What each figure means, under the name that it has in every answer. The one source of it: the schemas of the API take
 * their descriptions from here, and pages their hints.
 */
export const GLOSSARY = {
  messages: { title: 'Messages', unit: 'count', how: 'Events message.created.' },
  conversations: {
    title: 'Conversations',
    unit: 'count',
    how: 'Events conversation.started, counted on the day on which the conversation began.',
  },
  tokens: { title: 'Tokens', unit: 'tokens', how: 'Sum of properties.tokens of the messages.' },
  active_users: {
    title: 'Active users',
    unit: 'count',
    how: 'Distinct members and end users of all events, exact over the whole range: whoever comes on several days counts once, so days do not add up to it.',
  },
  avg_response_time: {
    title: 'Average response time',
    unit: 'milliseconds',
    how: 'Mean of properties.response_time_ms over all messages of the range that have it (never an average of averages); none where no message has it.',
  },
  p50_response_time: {
    title: 'Median response time',
    unit: 'milliseconds',
    how: 'Half of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one.',
  },
  p95_response_time: {
    title: '95th percentile of response time',
    unit: 'milliseconds',
    how: '95 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one.',
  },
  p99_response_time: {
    title: '99th percentile of response time',
    unit: 'milliseconds',
    how: '99 % of the messages were answered within this time. Read from a histogram of all response times of the range, so it may be off by a tenth; none where no message has one.',
  },
  satisfaction: {
    title: 'Satisfaction',
    unit: 'score',
    how: 'Mean of properties.score, 1 to 5, over all events conversation.rated of the range; none without any.',
  },
  ratings: { title: 'Ratings', unit: 'count', how: 'Events conversation.rated that have a score.' },
  errors: {
    title: 'Errors',
    unit: 'count',
    how: 'Events agent.error; of an agent those that name it.',
  },
  workflow_executions: {
    title: 'Workflow executions',
    unit: 'count',
    how: 'Events workflow.executed.',
  },
  active_agents: {
    title: 'Active agents',
    unit: 'count',
    how: 'Distinct agents that still exist and that any event of the range is about.',
  },
} as const satisfies Record<string, Explanation>

export type Figure = keyof typeof GLOSSARY
