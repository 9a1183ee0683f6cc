import { Type } from 'typebox'
import { mailOf, signUp } from '../../../domains/identity/index.ts'
import type { App, Context } from '../../context.ts'
import { requireCookie } from '../../session-cookie.ts'
import { beginSession, deviceOf } from './begin-session.ts'
import { EmailInput, NewPasswordInput } from './credentials-schema.ts'
import { SessionView } from './session-schema.ts'

/** Where organizations come from that nobody made by hand. */
export default function signUpRoutes(app: App, context: Context): void {
  const { pool, configuration, now } = context
  app.post(
    '/v1/sign-ups',
    {
      config: { open: true, rateLimit: { max: MOST_A_MINUTE } },
      schema: {
        operationId: 'signUp',
        tags: ['Identity'],
        summary: 'Make an organization with yourself as its owner',
        description:
          'Signs the owner in and sends a mail to their address; until the link in it is opened, they may only manage their own account.',
        body: Type.Object(
          {
            organization_name: Type.String({ minLength: 1, maxLength: 255 }),
            subdomain: Type.String({
              minLength: 1,
              maxLength: 63,
              description: 'Letters a-z, digits and hyphens.',
            }),
            time_zone: Type.Optional(
              Type.String({
                maxLength: 100,
                description:
                  'Whose days figures are counted by, a name of the IANA list; UTC where it is left out.',
              }),
            ),
            email: EmailInput,
            password: NewPasswordInput,
            first_name: Type.Optional(Type.String({ maxLength: 255 })),
            last_name: Type.Optional(Type.String({ maxLength: 255 })),
          },
          { additionalProperties: false },
        ),
        response: { 201: SessionView },
      },
    },
    async (request, reply) => {
      requireCookie(request, configuration)
      const { body } = request
      const session = await signUp(pool, {
        organizationName: body.organization_name,
        subdomain: body.subdomain,
        timeZone: body.time_zone,
        email: body.email,
        password: body.password,
        firstName: body.first_name,
        lastName: body.last_name,
        device: deviceOf(request),
        mail: mailOf(configuration),
        now: now(),
      })
      return reply.code(201).send(await beginSession(request, reply, context, session))
    },
  )
}

/** From one address. */
const MOST_A_MINUTE = 20
