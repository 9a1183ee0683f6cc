import type { Command } from 'commander'
import { enforceLimits } from '../database/migrate/index.ts'
import { type Cli, createCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry limits enforce`: on adopted tables, lets the limits bind the host product's own roles too. */
export function limitsEnforce(cli: Cli): Command {
  return createCommand(
    cli,
    'enforce',
    "make the limits of users and agents bind every role, a host product's own among them",
  ).action(() =>
    withDatabase(cli, async ({ adminUrl }) => {
      const limits = await enforceLimits({ url: adminUrl })
      const lines = limits.map(
        ({ table, changed }) =>
          `${table}: ${changed ? 'the limit now binds every role' : 'the limit bound every role already'}`,
      )
      cli.terminal.answer({ limits }, lines.join('\n'))
    }),
  )
}
