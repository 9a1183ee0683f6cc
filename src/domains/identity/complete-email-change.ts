import type pg from 'pg'
import { sendMail } from '../notifications/index.ts'
import { changeUserEmail, readActor, recordActivity } from '../organizations/index.ts'
import { deleteLinks } from './delete-links.ts'
import type { Mail } from './mail.ts'
import { redeemLink } from './redeem-link.ts'
import { tellOfChange } from './tell-of-change.ts'

/**
 * Changes the member's address to the one that the link was sent to, and tells both. Links that were sent to the former
 * address do nothing any more; sessions go on.
 */
export async function completeEmailChange(
  pool: pg.Pool,
  input: { secret: string; ipAddress?: string | undefined; mail: Mail; now: Date },
): Promise<{ email: string }> {
  const { secret, ipAddress, mail, now } = input
  return redeemLink(pool, { secret, purposes: ['change_email'], now }, async (tx, link) => {
    const { organizationId } = tx
    const { userId, email, currentEmail: formerEmail } = link
    await changeUserEmail(tx, { userId, email })
    await tx
      .updateTable('user_credentials')
      .set({ email_verified_at: now })
      .where('organization_id', '=', organizationId)
      .where('user_id', '=', userId)
      .execute()
    await deleteLinks(tx, {
      userId,
      purposes: ['verify_email', 'reset_password', 'set_password', 'change_email'],
    })
    await tellOfChange(tx, { userId, change: 'email_changed', ipAddress })
    for (const to of mail.isSetUp ? [formerEmail, email] : [])
      await sendMail(tx, { organizationId, to, template: 'email-changed', data: { email, formerEmail } })
    const actor = await readActor(tx, { organizationId, userId, ipAddress })
    await recordActivity(tx, {
      organizationId,
      actor,
      actionType: 'user.email_changed',
      resource: { type: 'user', id: userId, name: actor.name },
      metadata: { former_email: formerEmail, email },
    })
    return { email }
  })
}
