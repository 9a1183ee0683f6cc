import type { TenantTx } from '../../database/transaction.ts'
import { notify } from '../notifications/index.ts'

/**
 * Tells the member in their inbox that the way into their account has changed, in the transaction that changes it: beside
 * the mail, which whoever changed it may be the one to read.
 */
export async function tellOfChange(
  tx: TenantTx,
  input: { userId: string; change: Change; ipAddress?: string | undefined },
): Promise<void> {
  const { userId, change, ipAddress } = input
  const { title, message } = TEXTS[change]
  await notify(tx, {
    userId,
    type: `user.${change}`,
    category: 'security',
    title,
    message: `${message} ${ipAddress === undefined ? '' : `It was done from ${ipAddress}. `}${IF_NOT_YOU}`,
    link: '/profile',
    ...(ipAddress === undefined ? {} : { data: { ip_address: ipAddress } }),
  })
}

/** As the activity log names them. */
type Change = 'password_changed' | 'password_reset' | 'email_changed'

const TEXTS: Record<Change, { title: string; message: string }> = {
  password_changed: {
    title: 'Your password was changed',
    message: 'Every other device was signed out.',
  },
  password_reset: {
    title: 'Your password was reset',
    message: 'Somebody used the link that was sent to you. Every other device was signed out.',
  },
  email_changed: {
    title: 'Your e-mail address was changed',
    message: 'You sign in with the new one from now on.',
  },
}

const IF_NOT_YOU = 'If it was not you, change your password at once and tell an owner of your organization.'
