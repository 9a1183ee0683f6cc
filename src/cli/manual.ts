import type { Command } from 'commander'
import { withExplanation } from './command.ts'
import { leavesOf, typedAs } from './usage.ts'

const AFTER = `
Environment:
  DATABASE_URL       the PostgreSQL to use; without it, the one of TENANTRY_DATA_DIR, started when it is not running
  TENANTRY_DATA_DIR  where that one keeps its data (default .tenantry)

Exit codes: 0 done, 1 refused (standard error says why and what to do), 2 written wrongly, 70 a bug, 130 interrupted.
With --json, standard output holds one document: the result, or {"error": {"code", "message", "hint", "details"}}.
`

/** The program's own help lists every command as it is written (`organization create`), not the words they begin with. */
export function addManual(program: Command): void {
  program.configureHelp({
    visibleCommands: command => (command === program ? leavesOf(program) : [...command.commands]),
    subcommandTerm: typedAs,
  })
  withExplanation(program, AFTER)
}
