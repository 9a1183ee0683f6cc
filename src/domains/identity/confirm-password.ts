import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { verifyPassword } from '../../platform/password.ts'
import { memberSubject } from './attempt-budget.ts'
import { passwordWrong } from './errors.ts'
import { readCredentials } from './read-credentials.ts'
import { reserveAttempts } from './reserve-attempts.ts'
import { settleAttempts } from './settle-attempts.ts'

/**
 * Makes sure that whoever is signed in knows the password too: an open session that fell into other hands must not be
 * enough to take the account over, nor to guess. Gives the hash that matched, so that the change that follows can tell
 * whether it is still the one.
 */
export async function confirmPassword(
  pool: pg.Pool,
  input: { organizationId: string; userId: string; password: string; now: Date },
): Promise<string> {
  const { organizationId, userId, password, now } = input
  const member = memberSubject(userId)
  await reserveAttempts(pool, { subjects: [member], now })
  const verdict = await (async () => {
    const credentials = await inTenant(pool, organizationId, tx =>
      readCredentials(tx, { organizationId, userId }),
    )
    const passwordHash = credentials?.passwordHash
    return (await verifyPassword(password, passwordHash)) ? passwordHash : undefined
  })().catch(async error => {
    await settleAttempts(pool, { forgotten: [], returned: [member] })
    throw error
  })
  if (verdict === undefined) throw passwordWrong()
  await settleAttempts(pool, { forgotten: [member], returned: [] })
  return verdict
}
