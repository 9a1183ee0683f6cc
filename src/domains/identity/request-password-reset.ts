import { createHash } from 'node:crypto'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { parseEmail } from '../organizations/index.ts'
import { type Mail, requireMail } from './mail.ts'

/** Asks for a link to set a new password. What is done here is the same whether somebody has the address or not. */
export async function requestPasswordReset(
  pool: pg.Pool,
  input: { email: string; mail: Mail },
): Promise<void> {
  const email = parseEmail(input.email)
  requireMail(input.mail)
  const key = createHash('sha256').update(email.toLowerCase()).digest('hex')
  await inRole(pool, 'tenantry_admin', tx =>
    enqueue(tx, [{ task: 'identity.send-password-reset', payload: { email }, key, maxAttempts: 10 }]),
  )
}
