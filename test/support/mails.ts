import type pg from 'pg'

/** The mails that wait to be sent, the first one first, each with the secret of its link where it has one. */
export async function readMails(admin: pg.Pool): Promise<{ to: string; template: string; secret: string }[]> {
  const { rows } = await admin.query<{ to: string; template: string; text: string }>(
    'SELECT recipient AS "to", template, text_body AS text FROM mail_messages ORDER BY id',
  )
  return rows.map(({ to, template, text }) => ({ to, template, secret: /#([\w.-]+)/.exec(text)?.[1] ?? '' }))
}
