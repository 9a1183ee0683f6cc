import type { Command } from 'commander'
import { inRole } from '../database/transaction.ts'
import { monthNotArchived } from '../maintenance/archive/errors.ts'
import { listArchives } from '../maintenance/archive/list-archives.ts'
import { restoreEvents } from '../maintenance/archive/restore-month.ts'
import { verifyFile } from '../maintenance/archive/verify-file.ts'
import { openArchiveFolder } from '../platform/archive-store.ts'
import { type Cli, createCommand } from './command.ts'
import { month, organizationId } from './values.ts'
import { withDatabase } from './with-database.ts'
import { writeWholeFile } from './write-whole-file.ts'

type Options = { to: string; organization?: string }

/** `tenantry archive restore MONTH`: the archived events of a month as a file of lines, after each file was found sound. */
export function archiveRestore(cli: Cli): Command {
  return createCommand(
    cli,
    'restore',
    'write the archived events of a month to a file, one JSON object a line',
  )
    .argument('<month>', 'which one (UTC), like 2026-01', month)
    .requiredOption('--to <file>', 'the file to write')
    .option('--organization <id>', 'only the events of this one', organizationId)
    .action((wanted: string, { to, organization }: Options) =>
      withDatabase(cli, async ({ pool }) => {
        const store = openArchiveFolder(cli.configuration().archiveDir)
        const archives = await inRole(pool, 'tenantry_jobs', tx => listArchives(tx, { month: wanted }))
        const kept = archives.filter(({ state }) => state !== 'writing')
        if (kept.length === 0) throw monthNotArchived(wanted)
        for (const archive of kept) {
          cli.terminal.progress(`verifying ${archive.file} …`)
          await verifyFile(store, archive)
        }
        const files = kept.map(({ file }) => file)
        const events = await writeWholeFile(to, append =>
          restoreEvents(store, { files, organizationId: organization, append }),
        )
        cli.terminal.answer(
          { month: wanted, events, file: to },
          `${events} events of ${wanted} written to ${to}`,
        )
      }),
    )
}
