import { Type } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import { readAccount } from '../../../domains/identity/index.ts'
import { THEMES, updateProfile } from '../../../domains/organizations/index.ts'
import { actorOf, memberOf } from '../../caller.ts'
import type { App, Context } from '../../context.ts'
import { OrganizationParams } from '../../schemas.ts'
import { ProfileView, viewProfile } from './profile-schema.ts'

/** What members say about themselves, and how they like pages to be. */
export default function profileRoutes(app: App, { pool }: Context): void {
  app.get(
    '/v1/organizations/:organizationId/profile',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'getProfile',
        tags: ['Identity'],
        summary: 'Read your profile',
        params: OrganizationParams,
        response: { 200: ProfileView },
      },
    },
    async request => {
      const { organizationId, userId } = memberOf(request)
      const account = await inTenant(pool, organizationId, tx => readAccount(tx, { userId }))
      return viewProfile(account.user, account.isEmailVerified)
    },
  )

  app.patch(
    '/v1/organizations/:organizationId/profile',
    {
      config: { permission: 'account:manage' },
      schema: {
        operationId: 'updateProfile',
        tags: ['Identity'],
        summary: 'Change your profile',
        description: 'What is left out stays as it is; null takes it away.',
        params: OrganizationParams,
        body: ProfileChange,
        response: { 200: ProfileView },
      },
    },
    async request => {
      const { organizationId, userId, isEmailVerified } = memberOf(request)
      const { body } = request
      const profile = {
        firstName: body.first_name,
        lastName: body.last_name,
        jobTitle: body.job_title,
        avatarUrl: body.avatar_url,
        locale: body.locale,
        timeZone: body.time_zone,
        theme: body.theme,
      }
      const user = await inTenant(pool, organizationId, async tx =>
        updateProfile(tx, { userId, profile, actor: await actorOf(tx, request) }),
      )
      return viewProfile(user, isEmailVerified)
    },
  )
}

const text = (maxLength: number) => Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()]))

const ProfileChange = Type.Object(
  {
    first_name: text(255),
    last_name: text(255),
    job_title: text(255),
    avatar_url: text(2_048),
    locale: text(35),
    time_zone: text(64),
    theme: Type.Optional(Type.Enum([...THEMES])),
  },
  { additionalProperties: false },
)
