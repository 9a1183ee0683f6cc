import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { endSession, readAccount, signIn } from '../../../domains/identity/index.ts'
import { actorOf, memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { clearSessionCookie, requireCookie } from '../../session-cookie.ts'
import { beginSession, deviceOf } from './begin-session.ts'
import { EmailInput, PasswordInput } from './credentials-schema.ts'
import { SessionView, viewSession } from './session-schema.ts'

/** Signing in and out on this device. */
export default function sessionRoutes(app: App, context: Context): void {
  const { pool, configuration, now } = context
  app.post(
    '/v1/sessions',
    {
      config: { open: true },
      schema: {
        operationId: 'signIn',
        tags: ['Identity'],
        summary: 'Sign in',
        description:
          'Sets the cookie of a new session. Ten wrong passwords lock the address for 15 minutes; sessions that are open go on.',
        body: Type.Object({ email: EmailInput, password: PasswordInput }, { additionalProperties: false }),
        response: { 201: SessionView },
      },
    },
    async (request, reply) => {
      requireCookie(request, configuration)
      const { email, password } = request.body
      const session = await signIn(pool, { email, password, device: deviceOf(request), now: now() })
      return reply.code(201).send(await beginSession(request, reply, context, session))
    },
  )

  app.get(
    '/v1/session',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'getSession',
        tags: ['Identity'],
        summary: 'Who is signed in, where, and what they may do',
        response: { 200: SessionView },
      },
    },
    async request => {
      const { organizationId, userId, sessionId } = memberOf(request)
      return viewSession(await inTenant(pool, organizationId, tx => readAccount(tx, { userId })), sessionId)
    },
  )

  app.delete(
    '/v1/session',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'signOut',
        tags: ['Identity'],
        summary: 'Sign out on this device',
        response: { 204: Type.Null({ description: 'The session has ended.' }) },
      },
    },
    async (request, reply) => {
      const { organizationId, userId, sessionId } = memberOf(request)
      await inTenant(pool, organizationId, async tx =>
        endSession(tx, { sessionId, userId, actor: await actorOf(tx, request) }),
      )
      clearSessionCookie(request, reply)
      return reply.code(204).send(null)
    },
  )
}
