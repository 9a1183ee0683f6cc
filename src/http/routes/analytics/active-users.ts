import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { GLOSSARY, readActiveUsers } from '../../../domains/analytics/index.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { FIGURES, REPORTED } from './figures-schema.ts'
import { REPORTED_PERIOD } from './reported-period-query.ts'

/** How many different people came, over any range. */
export default function activeUserRoutes(app: App, { pool, now }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/active-users',
    {
      config: { scope: 'metrics:read', permission: 'metrics:read' },
      schema: {
        operationId: 'getActiveUsers',
        tags: ['Analytics'],
        summary: 'Count the different people of any range, exactly',
        description:
          'However long the range is, also where its events are archived. The last 30 days where none is given.',
        params: OrganizationParams,
        querystring: Type.Object(
          {
            from: REPORTED_PERIOD.from,
            to: Type.Optional(
              Type.String({
                format: 'date',
                description: 'The last day, included; today where it is left out.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: ActiveUsers },
      },
    },
    async request => {
      const { organizationId } = request.params
      const counted = await inTenant(pool, organizationId.toLowerCase(), tx =>
        readActiveUsers(tx, { ...request.query, now: now() }),
      )
      return { ...counted, how: GLOSSARY.active_users.how }
    },
  )
}

const { computed_at: _, ...RANGE } = REPORTED

const ActiveUsers = Type.Object({
  ...RANGE,
  active_users: FIGURES.active_users,
  how: Type.String({ description: 'How it is computed.' }),
})
