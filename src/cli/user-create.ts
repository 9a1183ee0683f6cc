import type { Command } from 'commander'
import { inTenant } from '../database/transaction.ts'
import { createUser, type MemberRole, OPERATOR } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { email, organizationId, role } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization: string; email: string; role: MemberRole }

/** `tenantry user create`: a member of an organization; prints its id. */
export function userCreate(cli: Cli): Command {
  return createCommand(cli, 'create', 'make a member of an organization; prints its id')
    .requiredOption('--organization <id>', 'which organization', organizationId)
    .requiredOption('--email <address>', 'how the member is reached', email)
    .requiredOption('--role <role>', 'owner, admin, member or viewer', role)
    .action(({ organization, email, role }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const input = { organizationId: organization, email, role, actor: OPERATOR }
        const { id } = await inTenant(pool, organization, tx => createUser(tx, input))
        cli.terminal.answer({ id }, id)
      }),
    )
}
