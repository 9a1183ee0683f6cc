import type pg from 'pg'
import { inRole, inTenant } from '../../database/transaction.ts'
import { verifyPassword } from '../../platform/password.ts'
import { displayName, findUserByEmail, readUser, recordActivity } from '../organizations/index.ts'
import { accountSubject, networkSubjects } from './attempt-budget.ts'
import { createSession, type NewSession } from './create-session.ts'
import { accountDisabled, signInRefused } from './errors.ts'
import { readCredentials } from './read-credentials.ts'
import { reserveAttempts } from './reserve-attempts.ts'
import type { Device } from './session.ts'
import { settleAttempts } from './settle-attempts.ts'

/**
 * Opens a session for whoever knows the password of the address. An unknown address and a wrong password get the same
 * answer after the same work: the same statements, and one hash. The attempt is counted before the password is looked
 * at, so that no number of requests at once tries more than the budget.
 */
export async function signIn(pool: pg.Pool, input: SignIn): Promise<NewSession> {
  const { email, password, device, now } = input
  const account = accountSubject(email)
  const network = networkSubjects(device.ipAddress)
  const { last } = await reserveAttempts(pool, { subjects: [account, ...network], now })
  const found = await verify(pool, { email, password }).catch(async error => {
    // Whether the password is right was not found out.
    await settleAttempts(pool, { forgotten: [], returned: [account, ...network] })
    throw error
  })
  if (!found.matches) {
    if (last.includes(account.subject)) await recordLock(pool, { ...found, device })
    throw signInRefused()
  }
  const session = await openSession(pool, { ...found, device, now })
  await settleAttempts(pool, { forgotten: [account], returned: network })
  return session
}

export type SignIn = {
  readonly email: string
  readonly password: string
  readonly device: Device
  readonly now: Date
}

type Found = {
  readonly organizationId: string
  readonly userId: string
  readonly passwordHash: string | undefined
}

/** Whose account this is and whether the password is right; for an unknown address the same is done with nobody's ids. */
async function verify(
  pool: pg.Pool,
  input: { email: string; password: string },
): Promise<Found & { matches: boolean }> {
  const user = (await findUserByEmail(pool, input.email.trim())) ?? NOBODY
  const credentials = await inTenant(pool, user.organizationId, tx =>
    readCredentials(tx, { organizationId: user.organizationId, userId: user.userId }),
  )
  const passwordHash = credentials?.passwordHash
  return { ...user, passwordHash, matches: await verifyPassword(input.password, passwordHash) }
}

async function openSession(pool: pg.Pool, input: Found & { device: Device; now: Date }): Promise<NewSession> {
  const { organizationId, userId, passwordHash, device, now } = input
  return inTenant(pool, organizationId, async tx => {
    // Held until the session is there: a change of the password waits for it and ends it, or was first and is seen here.
    const credentials = await readCredentials(tx, { organizationId, userId })
    if (credentials?.passwordHash !== passwordHash) throw signInRefused()
    const user = await readUser(tx, { organizationId, userId })
    if (user === undefined) throw signInRefused()
    if (!user.isActive) throw accountDisabled()
    const session = await createSession(tx, { organizationId, userId, device, now })
    await recordActivity(tx, {
      organizationId,
      actor: { name: displayName(user), userId, ...from(device) },
      actionType: 'session.created',
      resource: { type: 'session', id: session.sessionId, name: displayName(user) },
    })
    return session
  })
}

/** The members of the organization can see that somebody tried. For an unknown address there is nobody to see it. */
async function recordLock(pool: pg.Pool, input: Found & { device: Device }): Promise<void> {
  const { organizationId, userId, device } = input
  await inRole(pool, 'tenantry_admin', async tx => {
    const user = await readUser(tx, { organizationId, userId })
    if (user === undefined) return
    await recordActivity(tx, {
      organizationId,
      actor: { name: 'Somebody who tried to sign in', ...from(device) },
      actionType: 'user.sign_in_locked',
      resource: { type: 'user', id: userId, name: displayName(user) },
    })
  })
}

const from = ({ ipAddress }: Device) => (ipAddress === undefined ? {} : { ipAddress })

const NOBODY = {
  organizationId: '00000000-0000-0000-0000-000000000000',
  userId: '00000000-0000-0000-0000-000000000000',
}
