import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { RoleTx } from '../../database/transaction.ts'
import { enqueue } from '../../queue/enqueue.ts'
import { type Mail, renderTemplate, WORTH_SENDING_HOURS } from './mail-templates.ts'

/**
 * Stores the mail and queues it in the caller's transaction: it is sent if and only if that commits. A tenant's
 * transaction sends mails of its own organization only. Where mail is not set up, ask `mailIsSetUp` first and say so.
 */
export async function sendMail(tx: RoleTx, mail: Mail): Promise<void> {
  const id = uuidv7()
  const { organizationId, to, template } = mail
  const { subject, text, html } = renderTemplate(mail)
  await tx
    .insertInto('mail_messages')
    .values({
      id,
      organization_id: organizationId ?? null,
      recipient: to,
      template,
      subject: subject.slice(0, 255),
      text_body: text,
      html_body: html,
      expires_at: sql<Date>`now() + make_interval(hours => ${WORTH_SENDING_HOURS[template]})`,
    })
    .execute() // no RETURNING: whoever writes a mail has no right to read it
  await enqueue(tx, [
    {
      task: 'mail.send',
      ...(organizationId === undefined ? {} : { organizationId }),
      key: id,
      payload: { messageId: id },
    },
  ])
}
