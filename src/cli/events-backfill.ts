import type { Command } from 'commander'
import { inRole } from '../database/transaction.ts'
import { type Backfilled, backfillEvents } from '../domains/analytics/index.ts'
import { listOrganizationIds } from '../domains/organizations/index.ts'
import { type Cli, createCommand } from './command.ts'
import { instant, organizationId } from './values.ts'
import { withDatabase } from './with-database.ts'

type Options = { organization?: string; before?: Date }

/** More than anybody reads on a screen; the number of all is always said. */
const MOST_SHOWN = 20

/** `tenantry events backfill`: events for what the product's tables hold already, so that its history has figures. */
export function eventsBackfill(cli: Cli): Command {
  return createCommand(
    cli,
    'backfill',
    'make events of the conversations, messages and executions that are there',
  )
    .option('--organization <id>', 'of this organization only', organizationId)
    .option('--before <instant>', 'only what is older: since then the product sends events itself', instant)
    .action(({ organization, before = new Date() }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const organizations =
          organization === undefined
            ? await inRole(pool, 'tenantry_admin', listOrganizationIds)
            : [organization]
        const all: Backfilled[] = []
        for (const [place, organizationId] of organizations.entries()) {
          const onProgress = (stored: number) =>
            cli.terminal.progress(
              `organization ${place + 1} of ${organizations.length}: ${stored.toLocaleString('en')} events …`,
            )
          all.push(await backfillEvents(pool, { organizationId, before, now: () => new Date(), onProgress }))
        }
        report(cli, organizations.length, all)
      }),
    )
}

function report({ terminal }: Cli, organizations: number, all: readonly Backfilled[]): void {
  const sum = (count: (each: Backfilled) => number) => all.reduce((total, each) => total + count(each), 0)
  const inserted = {
    conversations: sum(each => each.inserted.conversations),
    messages: sum(each => each.inserted.messages),
    workflow_executions: sum(each => each.inserted.workflow_executions),
  }
  const sealed = sum(each => each.sealed)
  const rejected = all.flatMap(each => each.rejected)
  terminal.answer(
    { organizations, inserted, sealed, rejected: rejected.slice(0, 1_000), rejected_count: rejected.length },
    [
      `events stored: ${inserted.conversations} of conversations, ${inserted.messages} of messages, ${inserted.workflow_executions} of workflow executions`,
      ...(sealed > 0 ? [`${sealed} rows are of archived days, which stay as they are`] : []),
    ].join('\n'),
  )
  if (rejected.length === 0) return
  terminal.exitCode = 1
  for (const { table, row, code, message } of rejected.slice(0, MOST_SHOWN))
    terminal.note(`error: ${table} ${row}: ${message} (${code})`)
  if (rejected.length > MOST_SHOWN) terminal.note(`error: and ${rejected.length - MOST_SHOWN} more rows`)
  terminal.note('hint: these rows have no event; correct them in their tables and run this again')
}
