import type { TenantTx } from '../../database/transaction.ts'

/** Moves last_active_at forward, never back: processes whose clocks differ may say it in any order. */
export async function recordUserActivity(
  tx: TenantTx,
  input: { userId: string; activeAt: Date },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({ last_active_at: input.activeAt })
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', input.userId)
    .where(({ eb, or }) => or([eb('last_active_at', 'is', null), eb('last_active_at', '<', input.activeAt)]))
    .execute()
}
