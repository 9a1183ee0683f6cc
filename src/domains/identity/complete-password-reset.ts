import type pg from 'pg'
import { hashPassword } from '../../platform/password.ts'
import { sendMail } from '../notifications/index.ts'
import { readActor, recordActivity } from '../organizations/index.ts'
import { accountSubject } from './attempt-budget.ts'
import { createSession, type NewSession } from './create-session.ts'
import type { Mail } from './mail.ts'
import { checkPassword } from './password.ts'
import { peekLink } from './peek-link.ts'
import { redeemLink } from './redeem-link.ts'
import type { Device } from './session.ts'
import { settleAttempts } from './settle-attempts.ts'
import { storePassword } from './store-password.ts'
import { tellOfChange } from './tell-of-change.ts'

/**
 * Sets the password by a link that was sent or printed, ends every session of the member and opens a new one for whoever
 * holds the link. The link proves the address; it works once, however often it is used at the same time.
 */
export async function completePasswordReset(
  pool: pg.Pool,
  input: { secret: string; password: string; device: Device; mail: Mail; now: Date },
): Promise<NewSession> {
  const { secret, password, device, mail, now } = input
  const use = { secret, purposes: ['reset_password', 'set_password'], now } as const
  // Before the hash is made, which costs much more than a link that does not work should.
  const { email } = await peekLink(pool, use)
  checkPassword(password, { email })
  const passwordHash = await hashPassword(password)
  const { session, account } = await redeemLink(pool, use, async (tx, link) => {
    const { organizationId } = tx
    const { userId, currentEmail } = link
    const verifiesEmail = link.email.toLowerCase() === currentEmail.toLowerCase()
    await storePassword(tx, { userId, passwordHash, verifiesEmail, now })
    const actor = await readActor(tx, { organizationId, userId, ipAddress: device.ipAddress })
    await recordActivity(tx, {
      organizationId,
      actor,
      actionType: link.purpose === 'set_password' ? 'user.password_set' : 'user.password_reset',
      resource: { type: 'user', id: userId, name: actor.name },
    })
    if (link.purpose === 'reset_password') {
      await tellOfChange(tx, { userId, change: 'password_reset', ipAddress: device.ipAddress })
      if (mail.isSetUp)
        await sendMail(tx, { organizationId, to: currentEmail, template: 'password-changed', data: {} })
    }
    const session = await createSession(tx, { organizationId, userId, device, now })
    return { session, account: accountSubject(currentEmail) }
  })
  await settleAttempts(pool, { forgotten: [account], returned: [] })
  return session
}
