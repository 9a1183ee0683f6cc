import type { TenantTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { generateApiKey, hashApiKey, prefixOf } from './api-key.ts'
import { scopesMissing, scopeUnknown } from './errors.ts'
import { recordActivity } from './record-activity.ts'
import { requireOrganization } from './require-organization.ts'
import { isScope } from './scope.ts'

/** Makes a key of the organization and gives it this once: only its hash is kept, so nobody can be shown it again. */
export async function createApiKey(tx: TenantTx, input: NewApiKey): Promise<{ id: string; key: string }> {
  const { organizationId } = tx
  const scopes = [...new Set(input.scopes)]
  const unknown = scopes.find(scope => !isScope(scope))
  if (unknown !== undefined) throw scopeUnknown(unknown)
  if (scopes.length === 0) throw scopesMissing()
  await requireOrganization(tx)
  const key = generateApiKey()
  const name = input.name?.trim() || 'API key'
  const { id } = await tx
    .insertInto('api_keys')
    .values({
      organization_id: organizationId,
      name,
      key_prefix: prefixOf(key),
      key_hash: hashApiKey(key),
      scopes,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordActivity(tx, {
    organizationId,
    actor: input.actor,
    actionType: 'api_key.created',
    resource: { type: 'api_key', id, name },
    metadata: { scopes },
  })
  return { id, key }
}

export type NewApiKey = {
  readonly scopes: readonly string[]
  readonly name?: string | undefined
  readonly actor?: Actor | undefined
}
