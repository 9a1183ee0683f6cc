import type { TenantTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import type { MadeApiKey } from './create-api-key.ts'
import { apiKeyEnded, apiKeyEnding, apiKeyNotFound } from './errors.ts'
import { insertApiKey } from './insert-api-key.ts'
import { recordActivity } from './record-activity.ts'

/** A replaced key may go on for this long at most: one that is never missed is one that nobody looks after. */
export const MOST_OVERLAP_HOURS = 168
export const DEFAULT_OVERLAP_HOURS = 24

/**
 * Makes a key that opens what the old one opens, and gives it this once. The old one ends by itself when the overlap is
 * over, so that no request is refused while programs change over, and none is forgotten. A key is replaced once.
 */
export async function rotateApiKey(tx: TenantTx, input: Rotation): Promise<MadeApiKey & { oldEndsAt: Date }> {
  const { organizationId } = tx
  const { apiKeyId, overlapHours, now, actor } = input
  const old = await tx
    .selectFrom('api_keys')
    .select(['name', 'scopes', 'revoked_at', 'expires_at'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', apiKeyId)
    .forUpdate() // of two at once, the second finds that it is replaced
    .executeTakeFirst()
  if (old === undefined) throw apiKeyNotFound(apiKeyId)
  if (old.revoked_at !== null) throw apiKeyEnded(old.revoked_at)
  if (old.expires_at !== null)
    throw old.expires_at > now ? apiKeyEnding(old.expires_at) : apiKeyEnded(old.expires_at)
  const oldEndsAt = new Date(now.getTime() + overlapHours * HOUR)
  await tx
    .updateTable('api_keys')
    .set(overlapHours === 0 ? { revoked_at: now } : { expires_at: oldEndsAt })
    .where('organization_id', '=', organizationId)
    .where('id', '=', apiKeyId)
    .execute()
  const { name, scopes } = old
  const { id, key } = await insertApiKey(tx, { name, scopes, createdBy: actor?.userId })
  await recordActivity(tx, {
    organizationId,
    actor,
    actionType: 'api_key.rotated',
    resource: { type: 'api_key', id: apiKeyId, name },
    metadata: { new_key_id: id, old_key_ends_at: oldEndsAt.toISOString() },
  })
  return { id, key, name, scopes, oldEndsAt }
}

export type Rotation = {
  readonly apiKeyId: string
  /** How long the old key goes on beside the new one, in hours up to {@link MOST_OVERLAP_HOURS}; 0 ends it at once. */
  readonly overlapHours: number
  readonly now: Date
  readonly actor?: Actor | undefined
}

const HOUR = 60 * 60 * 1_000
