import type { TenantTx } from '../../database/transaction.ts'
import { generateApiKey, hashApiKey, prefixOf } from './api-key.ts'

/** Draws a new key and stores what tells it again, never the key itself. */
export async function insertApiKey(
  tx: TenantTx,
  input: { name: string; scopes: readonly string[]; createdBy: string | undefined },
): Promise<{ id: string; key: string }> {
  const { name, scopes, createdBy = null } = input
  const key = generateApiKey()
  const { id } = await tx
    .insertInto('api_keys')
    .values({
      organization_id: tx.organizationId,
      name,
      key_prefix: prefixOf(key),
      key_hash: hashApiKey(key),
      scopes: [...scopes],
      created_by: createdBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, key }
}
