import type { TenantTx } from '../../database/transaction.ts'

/** Deletes the member's sessions, all of them or all but one, and gives how many there were. */
export async function deleteSessions(
  tx: TenantTx,
  input: { userId: string; except?: string | undefined },
): Promise<number> {
  const { userId, except } = input
  const result = await tx
    .deleteFrom('sessions')
    .where('organization_id', '=', tx.organizationId)
    .where('user_id', '=', userId)
    .$if(except !== undefined, query => query.where('id', '!=', except ?? ''))
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
