import { mailDelivery } from '../platform/mail/delivery.ts'
import type { Cli } from './command.ts'

/**
 * Says how the new member gets in. Without mail that is a link to hand over, beside the result and not in it: standard
 * output stays the id alone. With --json the document has it, so that it stands in one place only.
 */
export function notePasswordLink(
  cli: Cli,
  { email, link }: { email: string; link: string | undefined },
): void {
  const configuration = cli.configuration()
  if (link === undefined) {
    const kept = mailDelivery(configuration) === 'kept'
    const where = kept
      ? `. No mail server is set up, so it is shown at ${configuration.url}/dev/mail while the server runs`
      : ''
    cli.terminal.note(`A mail to ${email} has the link to choose a password${where}.`)
  } else if (!cli.terminal.json)
    cli.terminal.note(
      `No mail is set up (SMTP_URL, MAIL_FROM). Hand this link to ${email}; it works once, for seven days:\n${link}`,
    )
}
