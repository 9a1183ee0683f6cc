import type { TenantTx } from '../../database/transaction.ts'
import { type Organization, readOrganization, readUser, type User } from '../organizations/index.ts'
import { sessionEnded } from './errors.ts'

/** Who is signed in and where, as pages show it. */
export type Account = {
  readonly user: User
  readonly organization: Organization
  readonly isEmailVerified: boolean
}

export async function readAccount(tx: TenantTx, input: { userId: string }): Promise<Account> {
  const { organizationId } = tx
  const { userId } = input
  const user = await readUser(tx, { organizationId, userId })
  // Removed since the session was looked up.
  if (user === undefined) throw sessionEnded()
  const credentials = await tx
    .selectFrom('user_credentials')
    .select('email_verified_at')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return {
    user,
    organization: await readOrganization(tx),
    isEmailVerified: (credentials?.email_verified_at ?? null) !== null,
  }
}
