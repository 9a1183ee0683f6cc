import type { Command } from 'commander'
import { inTenant } from '../database/transaction.ts'
import { DEFAULT_OVERLAP_HOURS, OPERATOR, rotateApiKey } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { apiKeyId, organizationId, overlapHours } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization: string; overlap: number }

/** `tenantry api-key rotate`: another key in place of one, which goes on for a while; prints the new one this once. */
export function apiKeyRotate(cli: Cli): Command {
  return createCommand(
    cli,
    'rotate',
    'replace an API key, which goes on for a while; prints the new one, this once',
  )
    .argument('<id>', 'which key, by the id that `tenantry api-key list` shows', apiKeyId)
    .requiredOption('--organization <id>', 'which organization', organizationId)
    .option('--overlap <hours>', 'how long the old key goes on', overlapHours, DEFAULT_OVERLAP_HOURS)
    .action((id: string, { organization, overlap }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const input = { apiKeyId: id, overlapHours: overlap, now: new Date(), actor: OPERATOR }
        const made = await inTenant(pool, organization, tx => rotateApiKey(tx, input))
        const endsAt = made.oldEndsAt.toISOString()
        const { oldEndsAt: _, ...answer } = made
        cli.terminal.answer({ ...answer, old_key_ends_at: endsAt }, made.key)
        cli.terminal.note(`Keep it now: only a hash of it is stored. The old key ends on ${endsAt}.`)
      }),
    )
}
