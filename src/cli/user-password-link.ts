import type { Command } from 'commander'
import { createPasswordLink } from '../domains/identity/index.ts'
import { type Cli, createCommand } from './command.ts'
import { email } from './values.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry user password-link`: the way back in for a member whom no mail reaches; prints the link, this once. */
export function userPasswordLink(cli: Cli): Command {
  return createCommand(cli, 'password-link', 'make a link that sets a password; prints it, this once')
    .requiredOption('--email <address>', 'whose password', email)
    .action(({ email }: { email: string }) =>
      withDatabase(cli, async ({ pool }) => {
        const { url } = cli.configuration()
        const link = await createPasswordLink(pool, { email, url, now: new Date() })
        cli.terminal.answer({ password_link: link }, link)
        cli.terminal.note(
          `Hand it to ${email} alone: it works once, for seven days. Their sessions go on until then.`,
        )
      }),
    )
}
