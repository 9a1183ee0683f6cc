import type { TenantTx } from '../../database/transaction.ts'
import { displayName } from './member.ts'
import { requireOrganization } from './require-organization.ts'

/** Every key of the organization, the ended ones too, oldest first; nothing of it opens anything. */
export async function listApiKeys(tx: TenantTx): Promise<ListedApiKey[]> {
  await requireOrganization(tx)
  const keys = await tx
    .selectFrom('api_keys')
    .leftJoin('users', join =>
      join
        .onRef('users.organization_id', '=', 'api_keys.organization_id')
        .onRef('users.id', '=', 'api_keys.created_by'),
    )
    .select([
      'api_keys.id',
      'name',
      'key_prefix',
      'scopes',
      'api_keys.created_at',
      'last_used_at',
      'expires_at',
      'revoked_at',
    ])
    .select(['first_name as firstName', 'last_name as lastName', 'email'])
    .where('api_keys.organization_id', '=', tx.organizationId)
    .orderBy('api_keys.created_at')
    .orderBy('api_keys.id')
    .execute()
  return keys.map(({ firstName, lastName, email, ...key }) => ({
    id: key.id,
    name: key.name,
    prefix: key.key_prefix,
    scopes: key.scopes,
    createdBy: email === null ? null : displayName({ firstName, lastName, email }),
    createdAt: key.created_at,
    lastUsedAt: key.last_used_at,
    expiresAt: key.expires_at,
    revokedAt: key.revoked_at,
  }))
}

export type ListedApiKey = {
  readonly id: string
  readonly name: string
  /** The beginning of the key, by which its holder recognises it. */
  readonly prefix: string
  readonly scopes: readonly string[]
  /** The member who made it, as they are called now; null where it was the operator, or somebody who has left. */
  readonly createdBy: string | null
  readonly createdAt: Date
  /** To the minute; null where it was never used. */
  readonly lastUsedAt: Date | null
  /** When it ends by itself because another took its place; null where none did. */
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}
