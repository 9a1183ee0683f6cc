import type { Command } from 'commander'
import { inTenant } from '../database/transaction.ts'
import { createApiKey, OPERATOR, SCOPES, type Scope } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { organizationId, scopes } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization: string; scope: Scope[]; name?: string }

/** `tenantry api-key create`: a key for programs of an organization; prints it this once. */
export function apiKeyCreate(cli: Cli): Command {
  return createCommand(cli, 'create', 'make an API key; prints it, this once')
    .requiredOption('--organization <id>', 'which organization', organizationId)
    .requiredOption('--scope <scope>', `what it may do, several times: ${SCOPES.join(', ')}`, scopes)
    .option('--name <text>', 'what it is for')
    .action(({ organization, scope, name }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const input = { scopes: scope, name, actor: OPERATOR }
        const { id, key } = await inTenant(pool, organization, tx => createApiKey(tx, input))
        cli.terminal.answer({ id, key, scopes: [...new Set(scope)] }, key)
        cli.terminal.note('Keep it now: only a hash of it is stored, so it cannot be shown again.')
      }),
    )
}
