import type { RoleTx } from '../../database/transaction.ts'
import { sendMail } from '../notifications/index.ts'
import { createLink } from './create-link.ts'
import type { Mail } from './mail.ts'

/**
 * Gives a member who was made without a password the link to set one: by mail, or where no mail is set up as the answer,
 * for whoever made the member to hand over.
 */
export async function welcomeUser(
  tx: RoleTx,
  input: {
    organizationId: string
    organizationName: string
    userId: string
    email: string
    mail: Mail
    now: Date
  },
): Promise<string | undefined> {
  const { organizationId, organizationName, userId, email, mail, now } = input
  const link = await createLink(tx, {
    organizationId,
    userId,
    purpose: 'set_password',
    email,
    url: mail.url,
    now,
  })
  if (!mail.isSetUp) return link
  await sendMail(tx, {
    organizationId,
    to: email,
    template: 'set-password',
    data: { link, organizationName },
  })
  return undefined
}
