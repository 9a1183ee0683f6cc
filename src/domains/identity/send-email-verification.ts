import type { TenantTx } from '../../database/transaction.ts'
import { sendMail } from '../notifications/index.ts'
import { lockUser, readOrganization } from '../organizations/index.ts'
import { createLink } from './create-link.ts'
import { emailVerifiedAlready, linksTooMany } from './errors.ts'
import { hasRoomForLink } from './has-room-for-link.ts'
import { type Mail, requireMail } from './mail.ts'
import { readCredentials } from './read-credentials.ts'

/** Sends the member another link that verifies their address; the earlier ones go on working until they expire. */
export async function sendEmailVerification(
  tx: TenantTx,
  input: { userId: string; mail: Mail; now: Date },
): Promise<void> {
  const { organizationId } = tx
  const { userId, mail, now } = input
  requireMail(mail)
  const { email } = await lockUser(tx, { userId })
  const credentials = await readCredentials(tx, { organizationId, userId })
  if (credentials?.emailVerifiedAt) throw emailVerifiedAlready()
  if (!(await hasRoomForLink(tx, { userId, purpose: 'verify_email', now }))) throw linksTooMany()
  const { name: organizationName } = await readOrganization(tx)
  const link = await createLink(tx, {
    organizationId,
    userId,
    purpose: 'verify_email',
    email,
    url: mail.url,
    now,
  })
  await sendMail(tx, {
    organizationId,
    to: email,
    template: 'verify-email',
    data: { link, organizationName },
  })
}
