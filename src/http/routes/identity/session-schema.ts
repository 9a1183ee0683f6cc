import { type Static, Type } from 'typebox'
import type { Account } from '../../../domains/identity/index.ts'
import { MEMBER_ROLES, permissionsOf } from '../../../domains/organizations/index.ts'
import { ProfileView, viewProfile } from './profile-schema.ts'

/** Who is signed in, where, and what they may do: all that a page needs to draw itself. */
export const SessionView = Type.Object({
  session_id: Type.String({ format: 'uuid' }),
  user: ProfileView,
  organization: Type.Object({
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    subdomain: Type.String(),
    plan: Type.Union([Type.String(), Type.Null()]),
    time_zone: Type.String({ description: 'A name of the IANA list.' }),
  }),
  role: Type.Enum([...MEMBER_ROLES]),
  permissions: Type.Array(Type.String(), {
    description: 'What the member may do now; each operation names the one that it needs.',
  }),
})

export function viewSession(account: Account, sessionId: string): Static<typeof SessionView> {
  const { user, organization, isEmailVerified } = account
  return {
    session_id: sessionId,
    user: viewProfile(user, isEmailVerified),
    organization: {
      id: organization.id,
      name: organization.name,
      subdomain: organization.subdomain,
      plan: organization.plan,
      time_zone: organization.timeZone,
    },
    role: user.role,
    permissions: permissionsOf({ role: user.role, isEmailVerified }),
  }
}
