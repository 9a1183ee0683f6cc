import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { readBusiestHours } from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { ArchivedBefore, archiveOf } from '../analytics/archived-before.ts'
import { PERIOD } from '../analytics/figures-schema.ts'
import { REPORTED_PERIOD } from '../analytics/reported-period-query.ts'
import { AgentParams } from './agent-schema.ts'

/** When an agent is busy. Apart from its figures, because it is counted from events, which may take too long. */
export default function busiestHoursRoutes(app: App, { pool, now }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/agents/:agentId/busiest-hours',
    {
      config: { scope: 'metrics:read', permission: 'metrics:read' },
      schema: {
        operationId: 'getAgentBusiestHours',
        tags: ['Agents'],
        summary: 'Read in which hours of the week an agent is busy',
        description:
          'Counted from events, so only of those that are not archived; stopped after ten seconds (`analytics.query_too_slow`).',
        params: AgentParams,
        querystring: Type.Object(REPORTED_PERIOD, { additionalProperties: false }),
        response: { 200: BusiestHours },
      },
    },
    async request => {
      const { organizationId, agentId } = request.params
      const { archivedBefore, ...hours } = await inTenant(pool, organizationId.toLowerCase(), tx =>
        readBusiestHours(tx, { ...request.query, agentId: agentId.toLowerCase(), now: now() }),
      )
      return { ...hours, ...archiveOf(archivedBefore) }
    },
  )
}

const BusiestHours = Type.Object({
  ...PERIOD,
  time_zone: Type.String({ description: "The organization's zone, whose clock these hours are of." }),
  messages: Type.Array(Type.Array(Type.Integer()), {
    description:
      'Events message.created of the agent: seven lists from Monday on, of 24 counts each, from the hour that begins at midnight.',
  }),
  ...ArchivedBefore,
})
