import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { readDailyMetrics } from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { PeriodQuery } from './period-query.ts'

/** What the events of an organization amount to, day by day. */
export default function dailyMetricsRoutes(app: App, { pool }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/metrics/daily',
    {
      config: { scope: 'metrics:read', permission: 'metrics:read' },
      schema: {
        operationId: 'listDailyMetrics',
        tags: ['Analytics'],
        summary: 'Read the figures of an organization, day by day',
        description:
          'One item for each day that has events, in order. Figures follow the events within seconds, and late events change them.',
        params: OrganizationParams,
        querystring: PeriodQuery,
        response: { 200: Type.Object({ data: Type.Array(DailyMetrics) }) },
      },
    },
    async request => {
      const { organizationId } = request.params
      const data = await inTenant(pool, organizationId.toLowerCase(), tx =>
        readDailyMetrics(tx, request.query),
      )
      return { data }
    },
  )
}

const count = (description: string) => Type.Integer({ description })

const DailyMetrics = Type.Object({
  date: Type.String({ format: 'date', description: 'The day (UTC).' }),
  total_messages: count('Events message.created.'),
  total_conversations: count('Events conversation.started.'),
  total_tokens: count('Sum of properties.tokens of the messages.'),
  unique_users: count('Distinct members and end users of all events.'),
  avg_response_time: Type.Union([Type.Number(), Type.Null()], {
    description:
      'Mean of properties.response_time_ms of the messages that have it, in milliseconds; else null.',
  }),
  agent_count: count('Distinct agents of all events.'),
  workflow_executions: count('Events workflow.executed.'),
})
