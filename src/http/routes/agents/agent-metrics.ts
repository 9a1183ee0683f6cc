import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { readAgentMetrics } from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { PeriodQuery } from '../analytics/period-query.ts'

/** What the events of one agent amount to, day by day. */
export default function agentMetricsRoutes(app: App, { pool }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/agents/:agentId/metrics',
    {
      config: { scope: 'metrics:read', permission: 'metrics:read' },
      schema: {
        operationId: 'listAgentMetrics',
        tags: ['Agents'],
        summary: 'Read the figures of an agent, day by day',
        description: 'One item for each day on which the agent has events, in order.',
        params: Type.Object({
          ...OrganizationParams.properties,
          agentId: Type.String({ format: 'uuid', description: 'An agent of the organization.' }),
        }),
        querystring: PeriodQuery,
        response: { 200: Type.Object({ data: Type.Array(AgentMetrics) }) },
      },
    },
    async request => {
      const { organizationId, agentId } = request.params
      const data = await inTenant(pool, organizationId.toLowerCase(), tx =>
        readAgentMetrics(tx, { ...request.query, agentId: agentId.toLowerCase() }),
      )
      return { data }
    },
  )
}

const count = (description: string) => Type.Integer({ description })
const mean = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })

const AgentMetrics = Type.Object({
  agent_id: Type.String({ format: 'uuid' }),
  date: Type.String({ format: 'date', description: 'The day (UTC).' }),
  conversation_count: count('Events conversation.started.'),
  message_count: count('Events message.created.'),
  avg_response_time: mean(
    'Mean of properties.response_time_ms of the messages that have it, in milliseconds; else null.',
  ),
  total_tokens: count('Sum of properties.tokens of the messages.'),
  error_count: count('Events agent.error.'),
  satisfaction_score: mean(
    'Mean of properties.score of events conversation.rated, 1 to 5; null without any.',
  ),
})
