import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { hashPassword } from '../../platform/password.ts'
import { sendMail } from '../notifications/index.ts'
import { lockUser, readActor, recordActivity } from '../organizations/index.ts'
import { confirmPassword } from './confirm-password.ts'
import { passwordWrong } from './errors.ts'
import type { Mail } from './mail.ts'
import { checkPassword } from './password.ts'
import { readCredentials } from './read-credentials.ts'
import { storePassword } from './store-password.ts'
import { tellOfChange } from './tell-of-change.ts'

/** Changes the password of whoever knows the current one; every other session of theirs ends, and they are told of it. */
export async function changePassword(pool: pg.Pool, input: PasswordChange): Promise<void> {
  const { organizationId, userId, sessionId, currentPassword, password, ipAddress, mail, now } = input
  const user = await inTenant(pool, organizationId, tx => lockUser(tx, { userId }))
  checkPassword(password, user)
  const confirmed = await confirmPassword(pool, { organizationId, userId, password: currentPassword, now })
  const passwordHash = await hashPassword(password)
  await inTenant(pool, organizationId, async tx => {
    const { email } = await lockUser(tx, { userId })
    const credentials = await readCredentials(tx, { organizationId, userId })
    // Changed or reset since it was confirmed: what was confirmed is no longer the password.
    if (credentials?.passwordHash !== confirmed) throw passwordWrong()
    await storePassword(tx, { userId, passwordHash, verifiesEmail: false, except: sessionId, now })
    const actor = await readActor(tx, { organizationId, userId, ipAddress })
    await recordActivity(tx, {
      organizationId,
      actor,
      actionType: 'user.password_changed',
      resource: { type: 'user', id: userId, name: actor.name },
    })
    await tellOfChange(tx, { userId, change: 'password_changed', ipAddress })
    if (mail.isSetUp)
      await sendMail(tx, { organizationId, to: email, template: 'password-changed', data: {} })
  })
}

export type PasswordChange = {
  readonly organizationId: string
  readonly userId: string
  /** The session that asks; it goes on. */
  readonly sessionId: string
  readonly currentPassword: string
  readonly password: string
  readonly ipAddress?: string | undefined
  readonly mail: Mail
  readonly now: Date
}
