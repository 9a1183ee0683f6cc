import { type Static, Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import {
  type Organization,
  readOrganization,
  updateOrganization,
} from '../../../domains/organizations/index.ts'
import { actorOf, memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'

/** The organization itself: what it is called, which days it lives in, and what its plan allows. */
export default function organizationRoutes(app: App, { pool }: Context): void {
  const tags = ['Organization']

  app.get(
    '/v1/organizations/:organizationId',
    {
      config: { permission: 'organization:read' },
      schema: {
        operationId: 'getOrganization',
        tags,
        summary: 'Read the organization',
        params: OrganizationParams,
        response: { 200: OrganizationView },
      },
    },
    async request => view(await inTenant(pool, memberOf(request).organizationId, readOrganization)),
  )

  app.patch(
    '/v1/organizations/:organizationId',
    {
      config: { permission: 'organization:write' },
      schema: {
        operationId: 'updateOrganization',
        tags,
        summary: 'Change the organization',
        description:
          'What is left out stays as it is. After a change of the time zone the figures are computed anew, by its days.',
        params: OrganizationParams,
        body: Type.Object(
          {
            name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
            subdomain: Type.Optional(
              Type.String({ minLength: 1, maxLength: 63, description: 'No other organization may have it.' }),
            ),
            time_zone: Type.Optional(
              Type.String({ minLength: 1, maxLength: 64, description: 'A name of the IANA list.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: OrganizationView },
      },
    },
    async request => {
      const { name, subdomain, time_zone: timeZone } = request.body
      const organization = await inTenant(pool, memberOf(request).organizationId, async tx =>
        updateOrganization(tx, { name, subdomain, timeZone, actor: await actorOf(tx, request) }),
      )
      return view(organization)
    },
  )
}

const limit = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description })

const OrganizationView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  subdomain: Type.String(),
  time_zone: Type.String({ description: 'A name of the IANA list; its days begin and end by it.' }),
  plan: Type.Union([Type.String(), Type.Null()]),
  limits: Type.Object(
    {
      max_users: limit('Members.'),
      max_agents: limit('Active agents.'),
      max_messages: limit('Messages a month.'),
      max_storage: limit('Bytes.'),
    },
    { description: 'What the plan allows; null is unlimited.' },
  ),
  created_at: Type.String({ format: 'date-time' }),
})

function view(organization: Organization): Static<typeof OrganizationView> {
  const { id, name, subdomain, timeZone, plan, limits, createdAt } = organization
  return {
    id,
    name,
    subdomain,
    time_zone: timeZone,
    plan,
    limits: { ...limits },
    created_at: createdAt.toISOString(),
  }
}
