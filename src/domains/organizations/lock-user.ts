import type { TenantTx } from '../../database/transaction.ts'
import { userNotFound } from './errors.ts'

/**
 * Makes what is decided about one member's account take turns until the transaction ends. Rows that merely refer to the
 * member do not wait.
 */
export async function lockUser(
  tx: TenantTx,
  input: { userId: string },
): Promise<{ email: string; isActive: boolean }> {
  const user = await tx
    .selectFrom('users')
    .select(['email', 'is_active as isActive'])
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', input.userId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (user === undefined) throw userNotFound(input.userId)
  return user
}
