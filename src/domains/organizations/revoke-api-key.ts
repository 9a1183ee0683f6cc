import type { TenantTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { apiKeyNotFound } from './errors.ts'
import { recordActivity } from './record-activity.ts'

/** From its commit on the key opens nothing. A key that was revoked before stays as it was, and that is no error. */
export async function revokeApiKey(
  tx: TenantTx,
  input: { apiKeyId: string; now: Date; actor?: Actor | undefined },
): Promise<void> {
  const { organizationId } = tx
  const { apiKeyId, now, actor } = input
  const key = await tx
    .selectFrom('api_keys')
    .select(['name', 'revoked_at'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', apiKeyId)
    .forUpdate() // two at once: the second finds it revoked and records nothing
    .executeTakeFirst()
  if (key === undefined) throw apiKeyNotFound(apiKeyId)
  if (key.revoked_at !== null) return
  await tx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', apiKeyId)
    .execute()
  await recordActivity(tx, {
    organizationId,
    actor,
    actionType: 'api_key.revoked',
    resource: { type: 'api_key', id: apiKeyId, name: key.name },
  })
}
