import type { TenantTx } from '../../database/transaction.ts'
import { requireOrganization } from './require-organization.ts'

/** Every key of the organization, the revoked ones too, oldest first; nothing of it opens anything. */
export async function listApiKeys(tx: TenantTx): Promise<ListedApiKey[]> {
  await requireOrganization(tx)
  const keys = await tx
    .selectFrom('api_keys')
    .select(['id', 'name', 'key_prefix', 'scopes', 'created_at', 'last_used_at', 'revoked_at'])
    .where('organization_id', '=', tx.organizationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return keys.map(key => ({
    id: key.id,
    name: key.name,
    prefix: key.key_prefix,
    scopes: key.scopes,
    createdAt: key.created_at,
    lastUsedAt: key.last_used_at,
    revokedAt: key.revoked_at,
  }))
}

export type ListedApiKey = {
  readonly id: string
  readonly name: string
  /** The beginning of the key, by which its holder recognises it. */
  readonly prefix: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  /** To the minute; null where it was never used. */
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}
