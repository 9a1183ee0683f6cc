import type { Command } from 'commander'
import { type Examined, examine } from '../maintenance/doctor/examine.ts'
import { type Cli, createCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry doctor`: says what is wrong with a database and what to do about it; changes nothing. */
export function doctor(cli: Cli): Command {
  return createCommand(
    cli,
    'doctor',
    'say what is wrong with the database and what to do; exit code 1 where something is',
  ).action(() =>
    withDatabase(
      cli,
      async database => {
        const checks = await examine(database)
        const state = worst(checks)
        if (state === 'failed') cli.terminal.exitCode = 1
        cli.terminal.answer({ state, checks }, [...checks.map(describe), summary(checks)].join('\n'))
      },
      { anySchema: true },
    ),
  )
}

const MARKS = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' }

function describe({ check, state, message, remedy, sql }: Examined): string {
  const lines = [`${MARKS[state]} ${check}: ${message}`]
  if (remedy) lines.push(`        → ${remedy}`)
  for (const statement of sql ?? []) lines.push(`          ${statement}`)
  return lines.join('\n')
}

function worst(checks: readonly Examined[]): Examined['state'] {
  if (checks.some(({ state }) => state === 'failed')) return 'failed'
  return checks.some(({ state }) => state === 'warning') ? 'warning' : 'ok'
}

function summary(checks: readonly Examined[]): string {
  const count = (wanted: Examined['state']) => checks.filter(({ state }) => state === wanted).length
  return `\n${count('ok')} ok, ${count('warning')} to look at, ${count('failed')} failed`
}
