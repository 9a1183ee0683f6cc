import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { endOtherSessions, endSession, listSessions } from '../../../domains/identity/index.ts'
import { actorOf, memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { clearSessionCookie } from '../../session-cookie.ts'

/** The devices on which the member is signed in: their own, nobody else's. */
export default function deviceRoutes(app: App, { pool, now }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/sessions',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'listSessions',
        tags: ['Identity'],
        summary: 'List the devices on which you are signed in',
        description: 'Your own sessions, the one that was used last first.',
        params: OrganizationParams,
        response: { 200: Type.Object({ data: Type.Array(Session) }) },
      },
    },
    async request => {
      const { organizationId, userId, sessionId } = memberOf(request)
      const sessions = await inTenant(pool, organizationId, tx => listSessions(tx, { userId, now: now() }))
      const data = sessions.map(session => ({
        id: session.id,
        is_current: session.id === sessionId,
        created_at: session.createdAt.toISOString(),
        last_seen_at: session.lastSeenAt.toISOString(),
        ip_address: session.ipAddress,
        user_agent: session.userAgent,
      }))
      return { data }
    },
  )

  app.delete(
    '/v1/organizations/:organizationId/sessions/:sessionId',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'endSession',
        tags: ['Identity'],
        summary: 'Sign out on one device',
        params: Type.Object({
          ...OrganizationParams.properties,
          sessionId: Type.String({ format: 'uuid', description: 'One of your own sessions.' }),
        }),
        response: { 204: Type.Null({ description: 'The session has ended.' }) },
      },
    },
    async (request, reply) => {
      const { organizationId, userId, sessionId: own } = memberOf(request)
      const sessionId = request.params.sessionId.toLowerCase()
      await inTenant(pool, organizationId, async tx =>
        endSession(tx, { sessionId, userId, actor: await actorOf(tx, request) }),
      )
      if (sessionId === own) clearSessionCookie(request, reply)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/v1/organizations/:organizationId/sessions',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'endOtherSessions',
        tags: ['Identity'],
        summary: 'Sign out on every device but this one',
        params: OrganizationParams,
        response: { 200: Type.Object({ ended: Type.Integer({ description: 'How many sessions ended.' }) }) },
      },
    },
    async request => {
      const { organizationId, userId, sessionId } = memberOf(request)
      const ended = await inTenant(pool, organizationId, async tx =>
        endOtherSessions(tx, { sessionId, userId, actor: await actorOf(tx, request) }),
      )
      return { ended }
    },
  )
}

const Session = Type.Object({
  id: Type.String({ format: 'uuid' }),
  is_current: Type.Boolean({ description: 'The session of this very request.' }),
  created_at: Type.String({ format: 'date-time' }),
  last_seen_at: Type.String({ format: 'date-time', description: 'True to five minutes.' }),
  ip_address: Type.Union([Type.String(), Type.Null()], { description: 'Where it was opened.' }),
  user_agent: Type.Union([Type.String(), Type.Null()], { description: 'As the browser calls itself.' }),
})
