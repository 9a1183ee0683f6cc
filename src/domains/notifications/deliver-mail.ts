import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import type { MailTransport } from '../../platform/mail/transport.ts'
import { mailRefused } from './errors.ts'

/**
 * Hands the mail to the mail server and blanks its text, or throws so that the queue tries again. The server's answer
 * and our COMMIT are two things: killed in between, the mail goes out a second time, under the same Message-ID. It is
 * never lost. One that is sent, given up or too late is left alone, so this may run any number of times.
 */
export async function deliverMail(
  pool: pg.Pool,
  { messageId, transport, now }: { messageId: string; transport: MailTransport; now: Date },
): Promise<void> {
  const mail = await beginAttempt(pool, messageId, now)
  if (mail === undefined) return
  try {
    // No transaction is open meanwhile: a slow mail server must hold no connection of the database.
    await transport.send({ id: messageId, ...mail })
  } catch (error) {
    const refused = isRefusedForGood(error)
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 1_000)
    await endAttempt(
      pool,
      messageId,
      refused ? { ...BLANK, last_error: lastError, given_up_at: now } : { last_error: lastError },
    )
    if (refused) return
    throw mailRefused(messageId, lastError, error)
  }
  const kept = transport.delivery === 'kept'
  await endAttempt(pool, messageId, { ...(kept ? { is_kept: true } : BLANK), sent_at: now })
}

const BLANK = { text_body: null, html_body: null }

type Mail = { to: string; subject: string; text: string; html: string }

/** The mail, with the attempt counted; nothing where there is none to be made any more. */
function beginAttempt(pool: pg.Pool, messageId: string, now: Date): Promise<Mail | undefined> {
  return inRole(pool, 'tenantry_jobs', async tx => {
    const waiting = tx
      .updateTable('mail_messages')
      .where('id', '=', messageId)
      .where('sent_at', 'is', null)
      .where('given_up_at', 'is', null)
    const late = await waiting
      .set({ ...BLANK, given_up_at: now, last_error: 'not sent before its link ran out' })
      .where('expires_at', '<=', now)
      .executeTakeFirst()
    if (late.numUpdatedRows > 0n) return undefined
    const mail = await waiting
      .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
      .returning(['recipient', 'subject', 'text_body', 'html_body'])
      .executeTakeFirst()
    if (mail?.text_body == null || mail.html_body === null) return undefined
    return { to: mail.recipient, subject: mail.subject, text: mail.text_body, html: mail.html_body }
  })
}

type End = {
  text_body?: null
  html_body?: null
  is_kept?: boolean
  last_error?: string
  sent_at?: Date
  given_up_at?: Date
}

async function endAttempt(pool: pg.Pool, messageId: string, end: End): Promise<void> {
  await inRole(pool, 'tenantry_jobs', tx =>
    tx
      .updateTable('mail_messages')
      .set(end)
      .where('id', '=', messageId)
      .where('sent_at', 'is', null)
      .where('given_up_at', 'is', null)
      .execute(),
  )
}

/** Only the address itself, refused with a 5xx: everything else (password, quota, greylisting) may be put right. */
function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const {
    code,
    command,
    responseCode = 0,
  } = error as { code?: string; command?: string; responseCode?: number }
  return code === 'EENVELOPE' && command === 'RCPT TO' && responseCode >= 500 && responseCode < 600
}
