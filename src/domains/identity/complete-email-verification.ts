import type pg from 'pg'
import { readActor, recordActivity } from '../organizations/index.ts'
import { deleteLinks } from './delete-links.ts'
import { linkUnknown } from './errors.ts'
import { redeemLink } from './redeem-link.ts'

/** Verifies the address that the link was sent to, as long as it is still the member's. */
export async function completeEmailVerification(
  pool: pg.Pool,
  input: { secret: string; ipAddress?: string | undefined; now: Date },
): Promise<{ email: string }> {
  const { secret, ipAddress, now } = input
  return redeemLink(pool, { secret, purposes: ['verify_email'], now }, async (tx, link) => {
    const { organizationId } = tx
    const { userId, email, currentEmail } = link
    if (email.toLowerCase() !== currentEmail.toLowerCase()) throw linkUnknown('verify_email')
    await tx
      .updateTable('user_credentials')
      .set({ email_verified_at: now })
      .where('organization_id', '=', organizationId)
      .where('user_id', '=', userId)
      .execute()
    await deleteLinks(tx, { userId, purposes: ['verify_email'] })
    const actor = await readActor(tx, { organizationId, userId, ipAddress })
    await recordActivity(tx, {
      organizationId,
      actor,
      actionType: 'user.email_verified',
      resource: { type: 'user', id: userId, name: actor.name },
    })
    return { email: currentEmail }
  })
}
