import type { TenantTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { parseApiKeyName } from './api-key.ts'
import { scopesMissing, scopeUnknown } from './errors.ts'
import { insertApiKey } from './insert-api-key.ts'
import { recordActivity } from './record-activity.ts'
import { requireOrganization } from './require-organization.ts'
import { isScope } from './scope.ts'

/** Makes a key of the organization and gives it this once: only its hash is kept, so nobody can be shown it again. */
export async function createApiKey(tx: TenantTx, input: NewApiKey): Promise<MadeApiKey> {
  const { organizationId } = tx
  const { actor } = input
  const scopes = [...new Set(input.scopes)]
  const unknown = scopes.find(scope => !isScope(scope))
  if (unknown !== undefined) throw scopeUnknown(unknown)
  if (scopes.length === 0) throw scopesMissing()
  await requireOrganization(tx)
  const name = parseApiKeyName(input.name)
  const { id, key } = await insertApiKey(tx, { name, scopes, createdBy: actor?.userId })
  await recordActivity(tx, {
    organizationId,
    actor,
    actionType: 'api_key.created',
    resource: { type: 'api_key', id, name },
    metadata: { scopes },
  })
  return { id, key, name, scopes }
}

export type NewApiKey = {
  readonly scopes: readonly string[]
  readonly name?: string | undefined
  readonly actor?: Actor | undefined
}

export type MadeApiKey = {
  readonly id: string
  /** What a program sends. */
  readonly key: string
  readonly name: string
  readonly scopes: readonly string[]
}
