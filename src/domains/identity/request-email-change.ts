import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { sendMail } from '../notifications/index.ts'
import { lockUser, parseEmail, readActor, recordActivity } from '../organizations/index.ts'
import { confirmPassword } from './confirm-password.ts'
import { createLink } from './create-link.ts'
import { emailUnchanged, linksTooMany } from './errors.ts'
import { hasRoomForLink } from './has-room-for-link.ts'
import { type Mail, requireMail } from './mail.ts'

/**
 * Sends a link to the new address, which changes to it, and tells the present one that this was asked for. Nothing
 * changes before the link is used; whether somebody has the new address already is told only to its reader.
 */
export async function requestEmailChange(pool: pg.Pool, input: EmailChange): Promise<void> {
  const { organizationId, userId, password, ipAddress, mail, now } = input
  const email = parseEmail(input.email)
  requireMail(mail)
  await confirmPassword(pool, { organizationId, userId, password, now })
  await inTenant(pool, organizationId, async tx => {
    const { email: currentEmail } = await lockUser(tx, { userId })
    if (email === currentEmail) throw emailUnchanged()
    if (!(await hasRoomForLink(tx, { userId, purpose: 'change_email', now }))) throw linksTooMany()
    const link = await createLink(tx, {
      organizationId,
      userId,
      purpose: 'change_email',
      email,
      url: mail.url,
      now,
    })
    await sendMail(tx, { organizationId, to: email, template: 'change-email', data: { link, email } })
    await sendMail(tx, {
      organizationId,
      to: currentEmail,
      template: 'email-change-requested',
      data: { email },
    })
    const actor = await readActor(tx, { organizationId, userId, ipAddress })
    await recordActivity(tx, {
      organizationId,
      actor,
      actionType: 'user.email_change_requested',
      resource: { type: 'user', id: userId, name: actor.name },
    })
  })
}

export type EmailChange = {
  readonly organizationId: string
  readonly userId: string
  readonly email: string
  readonly password: string
  readonly ipAddress?: string | undefined
  readonly mail: Mail
  readonly now: Date
}
