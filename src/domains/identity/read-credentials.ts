import type { RoleTx } from '../../database/transaction.ts'

export type Credentials = { readonly passwordHash: string; readonly emailVerifiedAt: Date | null }

/** The password of a member, or undefined where they have none; held unchanged until the transaction ends. */
export async function readCredentials(
  tx: RoleTx,
  input: { organizationId: string; userId: string },
): Promise<Credentials | undefined> {
  return tx
    .selectFrom('user_credentials')
    .select(['password_hash as passwordHash', 'email_verified_at as emailVerifiedAt'])
    .where('organization_id', '=', input.organizationId)
    .where('user_id', '=', input.userId)
    .forShare()
    .executeTakeFirst()
}
