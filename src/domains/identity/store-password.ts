import type { TenantTx } from '../../database/transaction.ts'
import { deleteLinks } from './delete-links.ts'
import { deleteSessions } from './delete-sessions.ts'

/**
 * Gives the member another password. Every session but `except` ends with it, also one that somebody opens with the
 * former password at this moment, and no link that was sent before sets yet another one or moves the account to another
 * address.
 */
export async function storePassword(
  tx: TenantTx,
  input: {
    userId: string
    passwordHash: string
    verifiesEmail: boolean
    except?: string | undefined
    now: Date
  },
): Promise<void> {
  const { organizationId } = tx
  const { userId, passwordHash, verifiesEmail, except, now } = input
  const verified = verifiesEmail ? { email_verified_at: now } : {}
  // First: whoever signs in with the former password holds this row until their session is there to be ended.
  await tx
    .insertInto('user_credentials')
    .values({
      user_id: userId,
      organization_id: organizationId,
      password_hash: passwordHash,
      password_changed_at: now,
      ...verified,
    })
    .onConflict(conflict =>
      conflict
        .column('user_id')
        .doUpdateSet({ password_hash: passwordHash, password_changed_at: now, ...verified }),
    )
    .execute()
  await deleteSessions(tx, { userId, except })
  await deleteLinks(tx, { userId, purposes: ['reset_password', 'set_password', 'change_email'] })
}
