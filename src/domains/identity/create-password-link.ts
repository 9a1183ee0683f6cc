import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { findUserByEmail, lockUser, OPERATOR, recordActivity } from '../organizations/index.ts'
import { createLink } from './create-link.ts'
import { accountDisabled, userUnknown } from './errors.ts'

/** A link to set a new password, for whoever runs the server to hand over: the way in where no mail is set up. */
export async function createPasswordLink(
  pool: pg.Pool,
  input: { email: string; url: string; now: Date },
): Promise<string> {
  const { url, now } = input
  const found = await findUserByEmail(pool, input.email.trim())
  if (found === undefined) throw userUnknown(input.email)
  const { organizationId, userId } = found
  return inTenant(pool, organizationId, async tx => {
    const { email, isActive } = await lockUser(tx, { userId })
    if (!isActive) throw accountDisabled()
    await recordActivity(tx, {
      organizationId,
      actor: OPERATOR,
      actionType: 'user.password_link_created',
      resource: { type: 'user', id: userId, name: email },
    })
    return createLink(tx, { organizationId, userId, purpose: 'set_password', email, url, now })
  })
}
