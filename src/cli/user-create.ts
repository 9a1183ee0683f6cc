import type { Command } from 'commander'
import { inTenant } from '../database/transaction.ts'
import { mailOf, welcomeUser } from '../domains/identity/index.ts'
import { createUser, type MemberRole, OPERATOR, readOrganization } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { notePasswordLink } from './note-password-link.ts'
import { email, organizationId, role } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization: string; email: string; role: MemberRole }

/** `tenantry user create`: a member of an organization, who is given a link to set a password; prints its id. */
export function userCreate(cli: Cli): Command {
  return createCommand(cli, 'create', 'make a member of an organization; prints its id')
    .requiredOption('--organization <id>', 'which organization', organizationId)
    .requiredOption('--email <address>', 'how the member is reached', email)
    .requiredOption('--role <role>', 'owner, admin, member or viewer', role)
    .action(({ organization, email, role }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const input = { organizationId: organization, email, role, actor: OPERATOR }
        const mail = mailOf(cli.configuration())
        const { id, link } = await inTenant(pool, organization, async tx => {
          const { id } = await createUser(tx, input)
          const { name: organizationName } = await readOrganization(tx)
          const user = { organizationId: organization, organizationName, userId: id, email }
          return { id, link: await welcomeUser(tx, { ...user, mail, now: new Date() }) }
        })
        cli.terminal.answer({ id, ...(link && { password_link: link }) }, id)
        notePasswordLink(cli, { email, link })
      }),
    )
}
