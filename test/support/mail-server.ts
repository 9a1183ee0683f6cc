import { once } from 'node:events'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { vi } from 'vitest'

/** A real mail server on loopback, for one test file. */
export type MailServer = {
  /** For SMTP_URL. */
  readonly url: string
  /** Every mail that it took over, in order. */
  readonly mails: readonly ParsedMail[]
  /** The mail to this address, as soon as there is one that no earlier call gave. */
  nextTo(address: string): Promise<ParsedMail>
  /** Answers the next recipient with this status and takes none of it. */
  refuseNext(status: number, text: string): void
  /** Called with each mail before the server says that it has it. */
  beforeAccepting: (mail: ParsedMail) => Promise<void>
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const refusals: Error[] = []
  const mails: ParsedMail[] = []
  const given = new Set<ParsedMail>()
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) => done(refusals.shift()),
    onData(stream, _session, done) {
      simpleParser(stream)
        .then(async mail => {
          await server.beforeAccepting(mail)
          mails.push(mail)
        })
        .then(() => done(), done)
    },
  })
  smtp.on('error', () => {})
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const address = smtp.server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port')
  const server: MailServer = {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    beforeAccepting: async () => {},
    nextTo: address =>
      vi.waitFor(
        () => {
          const mail = mails.find(each => !given.has(each) && recipientsOf(each).includes(address))
          if (mail === undefined) throw new Error(`no mail to ${address} has arrived`)
          given.add(mail)
          return mail
        },
        { timeout: 30_000, interval: 20 },
      ),
    refuseNext: (status, text) => {
      refusals.push(Object.assign(new Error(text), { responseCode: status }))
    },
    close: () => new Promise(resolve => smtp.close(resolve)),
  }
  return server
}

function recipientsOf(mail: ParsedMail): (string | undefined)[] {
  return [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address))
}
