import type { Command } from 'commander'
import { inTenant } from '../database/transaction.ts'
import { OPERATOR, revokeApiKey } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { apiKeyId, organizationId } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization: string }

/** `tenantry api-key revoke`: the key opens nothing any more, from the next request on and for ever. */
export function apiKeyRevoke(cli: Cli): Command {
  return createCommand(cli, 'revoke', 'end an API key, for ever; prints its id')
    .argument('<id>', 'which key, by the id that `tenantry api-key list` shows', apiKeyId)
    .requiredOption('--organization <id>', 'which organization', organizationId)
    .action((id: string, { organization }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const input = { apiKeyId: id, now: new Date(), actor: OPERATOR }
        await inTenant(pool, organization, tx => revokeApiKey(tx, input))
        cli.terminal.answer({ id }, id)
        cli.terminal.note('Revoked: the next request with this key is refused.')
      }),
    )
}
