import type { TenantTx } from '../../database/transaction.ts'

/** Keeps last_used_at true to a minute: however many processes record, the row is written once a minute, never back. */
export async function recordApiKeyUse(
  tx: TenantTx,
  input: { apiKeyId: string; usedAt: Date },
): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ last_used_at: input.usedAt })
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', input.apiKeyId)
    .where(({ eb, or }) =>
      or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', minuteBefore(input.usedAt))]),
    )
    .execute()
}

const minuteBefore = (time: Date) => new Date(time.getTime() - 60_000)
