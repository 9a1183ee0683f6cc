import type pg from 'pg'
import { inTenant, type TenantTx } from '../../database/transaction.ts'
import { lockUser } from '../organizations/index.ts'
import { accountDisabled, linkUnknown } from './errors.ts'
import { type LinkPurpose, parseLinkSecret } from './link.ts'
import { requireUsableLink } from './require-usable-link.ts'

export type LinkUse = {
  /** What the fragment of the link holds. */
  readonly secret: string
  readonly purposes: readonly [LinkPurpose, ...LinkPurpose[]]
  readonly now: Date
}

/** A link that is being used: whose it is and which address it proves. */
export type RedeemedLink = {
  readonly userId: string
  readonly purpose: LinkPurpose
  readonly email: string
  /** The address that the member has at this moment. */
  readonly currentEmail: string
}

/**
 * Uses a link, once: what `work` does commits with it, or the link still works. Of several uses at the same time the
 * first one wins; the others, and whoever comes later, hear why theirs does not.
 */
export async function redeemLink<T>(
  pool: pg.Pool,
  use: LinkUse,
  work: (tx: TenantTx, link: RedeemedLink) => Promise<T>,
): Promise<T> {
  const parsed = parseLinkSecret(use.secret)
  if (parsed === undefined) throw linkUnknown(use.purposes[0])
  const { organizationId, secretHash } = parsed
  return inTenant(pool, organizationId, async tx => {
    const { userId } = await requireUsableLink(tx, { ...use, secretHash })
    // Before the link itself: two links of one member would else wait for each other for ever.
    const { email: currentEmail, isActive } = await lockUser(tx, { userId })
    if (!isActive) throw accountDisabled()
    const { id, purpose, email } = await requireUsableLink(tx, { ...use, secretHash })
    await tx
      .updateTable('one_time_links')
      .set({ used_at: use.now })
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .execute()
    return work(tx, { userId, purpose, email, currentEmail })
  })
}
