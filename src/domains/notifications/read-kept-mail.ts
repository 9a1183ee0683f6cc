import type { RoleTx } from '../../database/transaction.ts'

/** A mail that was kept to be looked at, because no mail server is set up. */
export type KeptMail = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly sentAt: Date
}

/** The newest kept mails of every organization, newest first; for the machine on which the product is tried out. */
export async function listKeptMails(tx: RoleTx, { limit }: { limit: number }): Promise<KeptMail[]> {
  const rows = await keptMails(tx).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map(toKeptMail)
}

/** One kept mail, or undefined. */
export async function readKeptMail(tx: RoleTx, { id }: { id: string }): Promise<KeptMail | undefined> {
  const row = await keptMails(tx).where('id', '=', id).executeTakeFirst()
  return row && toKeptMail(row)
}

const keptMails = (tx: RoleTx) =>
  tx
    .selectFrom('mail_messages')
    .select(['id', 'recipient', 'subject', 'text_body', 'html_body', 'created_at'])
    .where('is_kept', '=', true)

function toKeptMail(
  row: Awaited<ReturnType<ReturnType<typeof keptMails>['executeTakeFirstOrThrow']>>,
): KeptMail {
  return {
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.text_body ?? '',
    html: row.html_body ?? '',
    sentAt: row.created_at,
  }
}
