import type { TenantTx } from '../../database/transaction.ts'
import { linkExpired, linkUnknown, linkUsed } from './errors.ts'
import type { LinkPurpose } from './link.ts'

/** The link with this secret, or the refusal that says why it does not work. */
export async function requireUsableLink(
  tx: TenantTx,
  use: { secretHash: string; purposes: readonly [LinkPurpose, ...LinkPurpose[]]; now: Date },
): Promise<{ id: string; userId: string; purpose: LinkPurpose; email: string }> {
  const { secretHash, purposes, now } = use
  const link = await tx
    .selectFrom('one_time_links')
    .select(['id', 'user_id', 'purpose', 'email', 'used_at', 'expires_at'])
    .where('organization_id', '=', tx.organizationId)
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst()
  const purpose = purposes.find(known => known === link?.purpose)
  if (link === undefined || purpose === undefined) throw linkUnknown(purposes[0])
  if (link.used_at !== null) throw linkUsed(purpose)
  if (link.expires_at <= now) throw linkExpired(purpose, link.expires_at)
  return { id: link.id, userId: link.user_id, purpose, email: link.email }
}
