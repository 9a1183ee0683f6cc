import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { linkUnknown } from './errors.ts'
import { parseLinkSecret } from './link.ts'
import type { LinkUse } from './redeem-link.ts'
import { requireUsableLink } from './require-usable-link.ts'

/** Which address the link was made for, where it would work at this moment; leaves it unused. */
export async function peekLink(pool: pg.Pool, use: LinkUse): Promise<{ email: string }> {
  const parsed = parseLinkSecret(use.secret)
  if (parsed === undefined) throw linkUnknown(use.purposes[0])
  const { organizationId, secretHash } = parsed
  return inTenant(pool, organizationId, tx => requireUsableLink(tx, { ...use, secretHash }))
}
