import { Type } from 'typebox'
import {
  changePassword,
  completePasswordReset,
  mailOf,
  requestPasswordReset,
} from '../../../domains/identity/index.ts'
import { memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { requireCookie } from '../../session-cookie.ts'
import { beginSession, deviceOf } from './begin-session.ts'
import { EmailInput, NewPasswordInput, PasswordInput, SecretInput } from './credentials-schema.ts'
import { SessionView } from './session-schema.ts'

/** Setting a password: with the current one, or with a link where there is none or nobody remembers it. */
export default function passwordRoutes(app: App, context: Context): void {
  const { pool, configuration, now } = context
  app.post(
    '/v1/password-resets',
    {
      config: { open: true, rateLimit: { max: MOST_A_MINUTE } },
      schema: {
        operationId: 'requestPasswordReset',
        tags: ['Identity'],
        summary: 'Have a link sent to set a new password',
        description:
          'The answer is the same whether somebody has the address or not. The link works once, for an hour; three are sent in an hour at most.',
        body: Type.Object({ email: EmailInput }, { additionalProperties: false }),
        response: { 202: Type.Null({ description: 'If somebody has this address, a mail is on its way.' }) },
      },
    },
    async (request, reply) => {
      await requestPasswordReset(pool, { email: request.body.email, mail: mailOf(configuration) })
      return reply.code(202).send(null)
    },
  )

  app.post(
    '/v1/password-resets/completion',
    {
      config: { open: true },
      schema: {
        operationId: 'completePasswordReset',
        tags: ['Identity'],
        summary: 'Set the password by a link, and sign in',
        description:
          'Every other session of the member ends. The link may also be the first one of a new member.',
        body: Type.Object(
          { secret: SecretInput, password: NewPasswordInput },
          { additionalProperties: false },
        ),
        response: { 201: SessionView },
      },
    },
    async (request, reply) => {
      requireCookie(request, configuration)
      const { secret, password } = request.body
      const session = await completePasswordReset(pool, {
        secret,
        password,
        device: deviceOf(request),
        mail: mailOf(configuration),
        now: now(),
      })
      return reply.code(201).send(await beginSession(request, reply, context, session))
    },
  )

  app.put(
    '/v1/organizations/:organizationId/password',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'changePassword',
        tags: ['Identity'],
        summary: 'Change your password',
        description: 'Every other session of yours ends, and a mail tells you that it was changed.',
        params: OrganizationParams,
        body: Type.Object(
          { current_password: PasswordInput, password: NewPasswordInput },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null({ description: 'The password was changed.' }) },
      },
    },
    async (request, reply) => {
      const { organizationId, userId, sessionId } = memberOf(request)
      const { current_password: currentPassword, password } = request.body
      await changePassword(pool, {
        organizationId,
        userId,
        sessionId,
        currentPassword,
        password,
        ipAddress: request.ip,
        mail: mailOf(configuration),
        now: now(),
      })
      return reply.code(204).send(null)
    },
  )
}

/** From one address. */
const MOST_A_MINUTE = 20
