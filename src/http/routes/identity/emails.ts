import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import {
  completeEmailChange,
  completeEmailVerification,
  mailOf,
  requestEmailChange,
  sendEmailVerification,
} from '../../../domains/identity/index.ts'
import { memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { EmailInput, PasswordInput, SecretInput } from './credentials-schema.ts'

/** Proving an address, and changing it. */
export default function emailRoutes(app: App, { pool, configuration, now }: Context): void {
  app.post(
    '/v1/email-verifications/completion',
    {
      config: { open: true },
      schema: {
        operationId: 'completeEmailVerification',
        tags: ['Identity'],
        summary: 'Verify an e-mail address by the link that was sent to it',
        body: Type.Object({ secret: SecretInput }, { additionalProperties: false }),
        response: { 200: Address },
      },
    },
    async request =>
      completeEmailVerification(pool, { secret: request.body.secret, ipAddress: request.ip, now: now() }),
  )

  app.post(
    '/v1/organizations/:organizationId/email-verifications',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'sendEmailVerification',
        tags: ['Identity'],
        summary: 'Have the mail that verifies your address sent again',
        description: 'Three are sent in an hour at most; the links of the earlier ones go on working.',
        params: OrganizationParams,
        response: { 202: Type.Null({ description: 'A mail is on its way.' }) },
      },
    },
    async (request, reply) => {
      const { organizationId, userId } = memberOf(request)
      const mail = mailOf(configuration)
      await inTenant(pool, organizationId, tx => sendEmailVerification(tx, { userId, mail, now: now() }))
      return reply.code(202).send(null)
    },
  )

  app.post(
    '/v1/organizations/:organizationId/email-changes',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'requestEmailChange',
        tags: ['Identity'],
        summary: 'Ask to change your e-mail address',
        description:
          'A link is sent to the new address, and the present one is told. Nothing changes before the link is used.',
        params: OrganizationParams,
        body: Type.Object({ email: EmailInput, password: PasswordInput }, { additionalProperties: false }),
        response: { 202: Type.Null({ description: 'A mail is on its way to the new address.' }) },
      },
    },
    async (request, reply) => {
      const { organizationId, userId } = memberOf(request)
      await requestEmailChange(pool, {
        organizationId,
        userId,
        ...request.body,
        ipAddress: request.ip,
        mail: mailOf(configuration),
        now: now(),
      })
      return reply.code(202).send(null)
    },
  )

  app.post(
    '/v1/email-changes/completion',
    {
      config: { open: true },
      schema: {
        operationId: 'completeEmailChange',
        tags: ['Identity'],
        summary: 'Change your e-mail address by the link that was sent to the new one',
        description: 'Both addresses are told. Sessions go on.',
        body: Type.Object({ secret: SecretInput }, { additionalProperties: false }),
        response: { 200: Address },
      },
    },
    async request =>
      completeEmailChange(pool, {
        secret: request.body.secret,
        ipAddress: request.ip,
        mail: mailOf(configuration),
        now: now(),
      }),
  )
}

const Address = Type.Object({ email: Type.String({ description: "The member's address from now on." }) })
