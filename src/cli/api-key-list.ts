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

function documentOf({ id, name, prefix, scopes, ...key }: ListedApiKey) {
  return {
    id,
    name,
    prefix,
    scopes,
    created_by: key.createdBy,
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
  }
}

function describe({ id, name, prefix, scopes, ...key }: ListedApiKey): string {
  const states = [
    `made ${key.createdAt.toISOString()}`,
    key.lastUsedAt === null ? 'never used' : `last used ${key.lastUsedAt.toISOString()}`,
    ...(key.expiresAt === null ? [] : [`replaced, ends ${key.expiresAt.toISOString()}`]),
    ...(key.revokedAt === null ? [] : [`revoked ${key.revokedAt.toISOString()}`]),
  ]
  return `${id}  ${prefix}…  ${name}\n  ${scopes.join(', ')}\n  ${states.join(', ')}`
}
