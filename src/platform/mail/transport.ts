import { createTransport } from 'nodemailer'
import type { Configuration } from '../configuration.ts'
import { type MailDelivery, mailDelivery } from './delivery.ts'

export type OutgoingMail = {
  /** The message's own id: the same at every attempt, so that a mail that arrives twice is seen to be one. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type MailTransport = {
  readonly delivery: MailDelivery
  /** Resolves when the mail server has taken the mail over; rejects with its answer, whatever the cause. */
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

/** The way out for mails that the configuration names. Connects to nothing before the first mail. */
export function createMailTransport(configuration: Configuration): MailTransport {
  const { smtpUrl, mailFrom } = configuration
  if (smtpUrl === undefined) return createNoTransport(mailDelivery(configuration))
  const smtp = createTransport(
    {
      url: smtpUrl,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      // A mail is made of what is given here, never of a file or an address that a text happens to name.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: mailFrom },
  )
  const host = /@([^\s@>]+)>?$/.exec(mailFrom)?.[1] ?? 'localhost'
  return {
    delivery: 'smtp',
    async send({ id, to, subject, text, html }) {
      await smtp.sendMail({
        messageId: `<${id}@${host}>`,
        to: { name: '', address: to },
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      })
    },
    close: () => smtp.close(),
  }
}

function createNoTransport(delivery: MailDelivery): MailTransport {
  return {
    delivery,
    async send() {
      if (delivery === 'none')
        throw new Error('mail is not set up: set SMTP_URL and MAIL_FROM, then start the server again')
    },
    close() {},
  }
}
