import type { TenantTx } from '../../database/transaction.ts'

/** Moves last_used_at forward, never back: processes that record late do not undo one that was quicker. */
export async function recordApiKeyUse(
  tx: TenantTx,
  input: { apiKeyId: string; usedAt: Date },
): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ last_used_at: input.usedAt })
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', input.apiKeyId)
    .where(({ eb, or }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<', input.usedAt)]))
    .execute()
}
