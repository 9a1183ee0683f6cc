import type { Command } from 'commander'
import {
  type MigrationStatus,
  migrate as migrateDatabase,
  migrationStatus,
} from '../database/migrate/index.ts'
import { type Cli, createCommand } from './command.ts'
import { type CommandDatabase, withDatabase } from './with-database.ts'

type Options = { dryRun?: true; status?: true; login?: string }

/** `tenantry migrate`: brings the database to the schema of this version, all of it or nothing. */
export function migrate(cli: Cli): Command {
  return createCommand(cli, 'migrate', 'bring the database to the schema of this version')
    .option('--dry-run', 'only say what would be applied')
    .option('--status', 'only say what is applied; exit code 1 where something is not')
    .option('--login <role>', 'the role that `serve` logs in with, where DATABASE_URL names another one here')
    .action((options: Options) =>
      withDatabase(
        cli,
        database => (options.status ? showStatus(cli, database) : apply(cli, database, options)),
        {
          anySchema: true,
        },
      ),
    )
}

async function apply(cli: Cli, database: CommandDatabase, options: Options): Promise<void> {
  const login =
    options.login ?? (database.origin === 'DATABASE_URL' ? undefined : new URL(database.url).username)
  const target = { url: database.adminUrl, ...(login !== undefined && { login }) }
  const nothing = 'nothing to do: the database is current'
  if (options.dryRun) {
    const plan: string[] = []
    const { applied: pending } = await migrateDatabase({
      ...target,
      dryRun: true,
      report: line => plan.push(line),
    })
    cli.terminal.answer({ applied: [], pending, plan }, plan.length > 0 ? plan.join('\n') : nothing)
    return
  }
  let changes = 0
  const { applied } = await migrateDatabase({
    ...target,
    report: line => {
      changes += 1
      cli.terminal.note(line)
    },
  })
  const current = `${applied.length || 'no'} migrations applied: the database is current`
  const text = changes > 0 ? current : nothing
  cli.terminal.answer({ applied, pending: [] }, text)
}

async function showStatus(cli: Cli, database: CommandDatabase): Promise<void> {
  const migrations = await migrationStatus({ url: database.adminUrl })
  const current = migrations.every(migration => migration.state === 'applied')
  if (!current) cli.terminal.exitCode = 1
  cli.terminal.answer({ current, migrations }, migrations.map(line).join('\n'))
  for (const [state, hint] of Object.entries(HINTS))
    if (migrations.some(migration => migration.state === state)) cli.terminal.note(`hint: ${hint}`)
}

/** While a file is edited or unknown, nothing is applied. */
const HINTS = {
  edited:
    'what is edited was changed after having been applied: restore it and put the change into a new migration',
  unknown: 'what is unknown was applied by a newer version: run that one',
  pending: '`tenantry migrate` applies what is pending',
}

const line = ({ name, state }: MigrationStatus) => `${state.padEnd(8)} ${name}`
