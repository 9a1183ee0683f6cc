import type { Command } from 'commander'
import { recomputeDays } from '../domains/analytics/index.ts'
import { type Cli, createCommand } from './command.ts'
import { organizationId } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization: string; from: string; to: string }

/** `tenantry metrics recompute`: the days' figures from their events, whatever is stored; again, it changes nothing. */
export function metricsRecompute(cli: Cli): Command {
  return createCommand(cli, 'recompute', 'recompute the metrics of days from their events')
    .requiredOption('--org, --organization <id>', 'which organization', organizationId)
    .requiredOption('--from <date>', 'the first day, like 2026-11-01')
    .requiredOption('--to <date>', 'the last day')
    .action(({ organization, from, to }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const { days, changed, sealed } = await recomputeDays(pool, {
          organizationId: organization,
          from,
          to,
          onProgress: day => cli.terminal.progress(`recomputing ${day} …`),
        })
        const lines = [
          `recomputed ${days - sealed.length} of ${days} days; ${changed.length === 0 ? 'nothing has changed' : `changed: ${changed.join(', ')}`}`,
          ...(sealed.length === 0 ? [] : [`archived, and left as they are: ${sealed.join(', ')}`]),
        ]
        cli.terminal.answer({ days, changed, sealed }, lines.join('\n'))
      }),
    )
}
