import type { Command } from 'commander'
import { enforceLimits } from '../database/migrate/index.ts'
import { type Cli, createCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry limits enforce`: the limits of the plans then bind the host product too, not only Tenantry. */
export function limitsEnforce(cli: Cli): Command {
  return createCommand(cli, 'enforce', 'let the limits of the plans bind the host product too').action(() =>
    withDatabase(cli, async ({ adminUrl }) => {
      const limits = await enforceLimits({ url: adminUrl })
      const text = limits.map(
        ({ table, changed }) => `${table}: ${changed ? 'now binds everybody' : 'bound everybody before'}`,
      )
      cli.terminal.answer({ limits }, text.join('\n'))
    }),
  )
}
