import { CommanderError } from 'commander'
import { VERSION } from '../platform/version.ts'
import { apiKeyCreate } from './api-key-create.ts'
import { apiKeyList } from './api-key-list.ts'
import { apiKeyRevoke } from './api-key-revoke.ts'
import { apiKeyRotate } from './api-key-rotate.ts'
import { archiveList } from './archive-list.ts'
import { archiveRestore } from './archive-restore.ts'
import { archiveVerify } from './archive-verify.ts'
import { createCli, createCommand, createGroup } from './command.ts'
import { doctor } from './doctor.ts'
import { eventsBackfill } from './events-backfill.ts'
import { eventsImport } from './events-import.ts'
import { failureOf } from './failure.ts'
import { help } from './help.ts'
import { limitsEnforce } from './limits-enforce.ts'
import { maintainRun } from './maintain-run.ts'
import { maintainStatus } from './maintain-status.ts'
import { addManual } from './manual.ts'
import { metricsRecompute } from './metrics-recompute.ts'
import { metricsWait } from './metrics-wait.ts'
import { migrate } from './migrate.ts'
import { organizationCreate } from './organization-create.ts'
import { organizationList } from './organization-list.ts'
import { sampleData } from './sample-data.ts'
import { serve } from './serve.ts'
import { Terminal } from './terminal.ts'
import { userCreate } from './user-create.ts'
import { userPasswordLink } from './user-password-link.ts'

/** Runs one command line; sets the exit code and never throws. The process then ends when nothing is left to do. */
export async function main(args: readonly string[]): Promise<void> {
  const terminal = new Terminal(args)
  try {
    await program(terminal).parseAsync(args.length > 0 ? args : ['--help'], { from: 'user' })
  } catch (error) {
    // Help and version end the parser by an error that is none.
    if (!(error instanceof CommanderError && error.exitCode === 0)) terminal.fail(failureOf(error))
  }
  process.exitCode = terminal.exitCode
  // What was interrupted may still be waiting for a server or a file, and must not go on behind the user's back.
  if (terminal.interrupted) process.exit()
}

function program(terminal: Terminal) {
  const cli = createCli(terminal, process.env)
  const root = createCommand(cli, 'tenantry', 'The back office of a multi-tenant AI-agent product.').version(
    VERSION,
    '-V, --version',
    'print the version',
  )
  const commands = [
    serve(cli),
    migrate(cli),
    doctor(cli),
    createGroup(cli, 'organization', 'organizations: the tenants', [
      organizationCreate(cli),
      organizationList(cli),
    ]),
    createGroup(cli, 'user', 'the members of an organization', [userCreate(cli), userPasswordLink(cli)]),
    createGroup(cli, 'api-key', 'the keys that programs of an organization use', [
      apiKeyCreate(cli),
      apiKeyList(cli),
      apiKeyRotate(cli),
      apiKeyRevoke(cli),
    ]),
    createGroup(cli, 'events', 'what the agents did', [eventsImport(cli), eventsBackfill(cli)]),
    createGroup(cli, 'metrics', 'what the events amount to', [metricsWait(cli), metricsRecompute(cli)]),
    createGroup(cli, 'archive', 'where expired events are kept', [
      archiveList(cli),
      archiveVerify(cli),
      archiveRestore(cli),
    ]),
    createGroup(cli, 'maintain', 'what is done day by day', [maintainRun(cli), maintainStatus(cli)]),
    createGroup(cli, 'limits', 'the limits of the plans', [limitsEnforce(cli)]),
    sampleData(cli),
    help(cli),
  ]
  for (const command of commands) root.addCommand(command)
  addManual(root)
  return root
}
