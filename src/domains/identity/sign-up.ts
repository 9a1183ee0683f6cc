import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { hashPassword } from '../../platform/password.ts'
import { sendMail } from '../notifications/index.ts'
import { createOrganization, parseEmail } from '../organizations/index.ts'
import { createLink } from './create-link.ts'
import { createSession, type NewSession } from './create-session.ts'
import { type Mail, requireMail } from './mail.ts'
import { checkPassword } from './password.ts'
import type { Device } from './session.ts'

/**
 * Makes an organization, its owner with a password, the mail that verifies their address and their first session: all
 * of it or nothing. Until the address is verified the owner does nothing but that.
 */
export async function signUp(pool: pg.Pool, input: NewAccount): Promise<NewSession> {
  const { password, mail, device, now } = input
  const email = parseEmail(input.email)
  checkPassword(password, { email })
  requireMail(mail)
  const passwordHash = await hashPassword(password)
  return inRole(pool, 'tenantry_admin', async tx => {
    const { id: organizationId, ownerId: userId } = await createOrganization(tx, {
      name: input.organizationName,
      subdomain: input.subdomain,
      timeZone: input.timeZone,
      ownerEmail: email,
      ownerFirstName: input.firstName,
      ownerLastName: input.lastName,
      actor: { name: email, ...(device.ipAddress === undefined ? {} : { ipAddress: device.ipAddress }) },
    })
    await tx
      .insertInto('user_credentials')
      .values({ user_id: userId, organization_id: organizationId, password_hash: passwordHash })
      .execute()
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
      data: { link, organizationName: input.organizationName.trim() },
    })
    return createSession(tx, { organizationId, userId, device, now })
  })
}

export type NewAccount = {
  readonly organizationName: string
  readonly subdomain: string
  /** UTC where absent. */
  readonly timeZone?: string | undefined
  readonly email: string
  readonly password: string
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly device: Device
  readonly mail: Mail
  readonly now: Date
}
