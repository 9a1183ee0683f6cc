import type { RoleTx } from '../../database/transaction.ts'

/** For how long it can be looked up that a mail was sent, in days. */
const KEEP_DAYS = 30

/**
 * No text outlives the time in which its link works, whatever became of the job that was to send it; the row itself goes
 * after {@link KEEP_DAYS} days. Kept mails, which a mail server never sees, go with their row. Gives how
 * many rows went.
 */
export async function pruneMail(tx: RoleTx, { now }: { now: Date }): Promise<number> {
  await tx
    .updateTable('mail_messages')
    .set({
      text_body: null,
      html_body: null,
      given_up_at: now,
      last_error: 'not sent before its link ran out',
    })
    .where('sent_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where('expires_at', '<=', now)
    .execute()
  const { numDeletedRows } = await tx
    .deleteFrom('mail_messages')
    .where('created_at', '<', new Date(now.getTime() - KEEP_DAYS * 24 * 60 * 60 * 1_000))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
