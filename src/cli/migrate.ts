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
  const embedded = database.origin === 'DATABASE_URL' ? undefined : new URL(database.url).username
  const login = options.login ?? embedded
  const { applied } = await migrateDatabase({
    url: database.adminUrl,
    ...(login !== undefined && { login }),
    dryRun: options.dryRun === true,
    report: line => cli.terminal.note(line),
  })
  if (options.dryRun) cli.terminal.answer({ applied: [], pending: applied }, textOf(applied, 'pending'))
  else cli.terminal.answer({ applied, pending: [] }, textOf(applied, 'applied'))
}

const textOf = (names: readonly string[], state: 'applied' | 'pending') =>
  names.length === 0
    ? 'nothing to do: the database is current'
    : state === 'pending'
      ? names.map(name => line({ name, state })).join('\n')
      : `${names.length} migrations applied: the database is current`

async function showStatus(cli: Cli, database: CommandDatabase): Promise<void> {
  const migrations = await migrationStatus({ url: database.adminUrl })
  const current = migrations.every(migration => migration.state === 'applied')
  if (!current) cli.terminal.exitCode = 1
  cli.terminal.answer({ current, migrations }, migrations.map(line).join('\n'))
  if (!current) cli.terminal.note('hint: `tenantry migrate` applies what is pending')
}

const line = ({ name, state }: MigrationStatus) => `${state.padEnd(8)} ${name}`
