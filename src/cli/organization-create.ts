import type { Command } from 'commander'
import { inRole } from '../database/transaction.ts'
import { mailOf, welcomeUser } from '../domains/identity/index.ts'
import { createOrganization, OPERATOR } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { notePasswordLink } from './note-password-link.ts'
import { email, plan, timeZone } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { name: string; subdomain: string; ownerEmail: string; plan?: string; timeZone?: string }

/** `tenantry organization create`: an organization with its owner, who is given a link to set a password; prints its id. */
export function organizationCreate(cli: Cli): Command {
  return createCommand(cli, 'create', 'make an organization with the user who owns it; prints its id')
    .requiredOption('--name <text>', 'what people call it')
    .requiredOption('--subdomain <label>', 'its own short name: letters a-z, digits and hyphens')
    .requiredOption('--owner-email <address>', 'the user who owns it', email)
    .option('--plan <plan>', 'free (default), starter, pro, enterprise, or one of your own', plan)
    .option('--time-zone <zone>', 'where its day begins, from the IANA list (default UTC)', timeZone)
    .action(({ name, subdomain, ownerEmail, plan, timeZone }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const input = { name, subdomain, ownerEmail, plan, timeZone, actor: OPERATOR }
        const mail = mailOf(cli.configuration())
        const { id, ownerId, link } = await inRole(pool, 'tenantry_admin', async tx => {
          const { id, ownerId } = await createOrganization(tx, input)
          const owner = {
            organizationId: id,
            organizationName: name.trim(),
            userId: ownerId,
            email: ownerEmail,
          }
          return { id, ownerId, link: await welcomeUser(tx, { ...owner, mail, now: new Date() }) }
        })
        cli.terminal.answer({ id, owner_id: ownerId, ...(link && { password_link: link }) }, id)
        notePasswordLink(cli, { email: ownerEmail, link })
      }),
    )
}
