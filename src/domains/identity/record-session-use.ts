import type { TenantTx } from '../../database/transaction.ts'

/** Moves a session's last_seen_at forward, never back: from then on it counts as idle. */
export async function recordSessionUse(
  tx: TenantTx,
  input: { sessionId: string; usedAt: Date },
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ last_seen_at: input.usedAt })
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', input.sessionId)
    .where('last_seen_at', '<', input.usedAt)
    .execute()
}
