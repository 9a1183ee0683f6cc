import type { TenantTx } from '../../database/transaction.ts'
import type { LinkPurpose } from './link.ts'

/** Makes the member's unused links of these purposes worthless; used ones stay, so that a second click hears why. */
export async function deleteLinks(
  tx: TenantTx,
  input: { userId: string; purposes: readonly LinkPurpose[] },
): Promise<void> {
  await tx
    .deleteFrom('one_time_links')
    .where('organization_id', '=', tx.organizationId)
    .where('user_id', '=', input.userId)
    .where('purpose', 'in', input.purposes)
    .where('used_at', 'is', null)
    .execute()
}
