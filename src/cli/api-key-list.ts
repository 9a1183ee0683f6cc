import type { Command } from 'commander'
import { inTenant } from '../database/transaction.ts'
import { type ListedApiKey, listApiKeys } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { organizationId } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization: string }

/** `tenantry api-key list`: the keys of an organization, each by its id and its first characters; never a key itself. */
export function apiKeyList(cli: Cli): Command {
  return createCommand(cli, 'list', 'list the API keys of an organization, by id and first characters')
    .requiredOption('--organization <id>', 'which organization', organizationId)
    .action(({ organization }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const keys = await inTenant(pool, organization, listApiKeys)
        cli.terminal.answer({ data: keys.map(documentOf) }, keys.map(describe).join('\n\n'))
        if (keys.length === 0)
          cli.terminal.note('This organization has no API key; `tenantry api-key create` makes one.')
      }),
    )
}

function documentOf({ id, name, prefix, scopes, createdAt, lastUsedAt, revokedAt }: ListedApiKey) {
  return {
    id,
    name,
    prefix,
    scopes,
    created_at: createdAt,
    last_used_at: lastUsedAt,
    revoked_at: revokedAt,
  }
}

function describe({ id, name, prefix, scopes, createdAt, lastUsedAt, revokedAt }: ListedApiKey): string {
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`
  const state = revokedAt === null ? used : `${used}, revoked ${revokedAt.toISOString()}`
  return `${id}  ${prefix}…  ${name}\n  ${scopes.join(', ')}\n  made ${createdAt.toISOString()}, ${state}`
}
