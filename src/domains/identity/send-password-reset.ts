import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { sendMail } from '../notifications/index.ts'
import { findUserByEmail, lockUser, recordActivity } from '../organizations/index.ts'
import { createLink } from './create-link.ts'
import { hasRoomForLink } from './has-room-for-link.ts'
import { type Mail, requireMail } from './mail.ts'

/**
 * Sends a link to set a new password to the member who has this address. Where nobody has it, the member is disabled or
 * got several in the last hour, nothing happens. A job calls this, so that whoever asked waits equally long for all.
 */
export async function sendPasswordReset(
  pool: pg.Pool,
  input: { email: string; mail: Mail; now: Date },
): Promise<void> {
  const { mail, now } = input
  requireMail(mail)
  const found = await findUserByEmail(pool, input.email.trim())
  if (found === undefined) return
  const { organizationId, userId } = found
  await inTenant(pool, organizationId, async tx => {
    const { email, isActive } = await lockUser(tx, { userId })
    if (!isActive || !(await hasRoomForLink(tx, { userId, purpose: 'reset_password', now }))) return
    const link = await createLink(tx, {
      organizationId,
      userId,
      purpose: 'reset_password',
      email,
      url: mail.url,
      now,
    })
    await sendMail(tx, { organizationId, to: email, template: 'reset-password', data: { link } })
    await recordActivity(tx, {
      organizationId,
      actor: { name: 'Somebody at the sign-in page' },
      actionType: 'user.password_reset_requested',
      resource: { type: 'user', id: userId, name: email },
    })
  })
}
