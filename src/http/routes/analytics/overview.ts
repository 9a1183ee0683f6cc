import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { readOverview } from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { AgentView } from '../agents/agent-schema.ts'
import { AGENT_FIGURES, Day, FIGURES, LastActiveOn, PERIOD, REPORTED } from './figures-schema.ts'
import { REPORTED_PERIOD } from './reported-period-query.ts'

/** How an organization does: all that the first page shows, in one answer. */
export default function overviewRoutes(app: App, { pool, now }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/overview',
    {
      config: { scope: 'metrics:read', permission: 'metrics:read' },
      schema: {
        operationId: 'getOverview',
        tags: ['Analytics'],
        summary: 'Read how an organization does, against the period before',
        description:
          'The last 30 days where no period is given. Figures follow the events within seconds, and late events change them. Do not add up active users: `totals` counts each once.',
        params: OrganizationParams,
        querystring: Type.Object(REPORTED_PERIOD, { additionalProperties: false }),
        response: { 200: Overview },
      },
    },
    async request => {
      const { organizationId } = request.params
      return inTenant(pool, organizationId.toLowerCase(), tx =>
        readOverview(tx, { ...request.query, now: now() }),
      )
    },
  )
}

const Overview = Type.Object({
  ...REPORTED,
  totals: Type.Object(FIGURES, { description: 'Of the whole period.' }),
  previous: Type.Union(
    [Type.Object({ ...PERIOD, ...FIGURES }, { description: 'Of as many days right before.' }), Type.Null()],
    { description: 'Null where nothing had happened by then: there is nothing to compare with.' },
  ),
  today: Day,
  yesterday: Day,
  days: Type.Array(Day, { description: 'Each day of the period, in order, days without events included.' }),
  busiest_agents: Type.Array(
    Type.Object({ ...AgentView.properties, last_active_on: LastActiveOn, ...AGENT_FIGURES }),
    {
      description: 'Those with the most messages in the period, at most ten.',
    },
  ),
})
