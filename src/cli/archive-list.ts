import type { Command } from 'commander'
import { inRole } from '../database/transaction.ts'
import { type Archive, listArchives } from '../maintenance/archive/list-archives.ts'
import { type Cli, createCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

/** `tenantry archive list`: the files of cold storage, with what is in each and whether the database still has it too. */
export function archiveList(cli: Cli): Command {
  return createCommand(cli, 'list', 'list the files in which expired events are kept').action(() =>
    withDatabase(cli, async ({ pool }) => {
      const archives = await inRole(pool, 'tenantry_jobs', tx => listArchives(tx))
      cli.terminal.answer(
        { place: cli.configuration().archiveDir, data: archives.map(documentOf) },
        archives.map(describe).join('\n'),
      )
      if (archives.length === 0) cli.terminal.note('No event has expired yet, so the archive is empty.')
    }),
  )
}

function documentOf({ file, month, state, events, bytes, sha256, startedAt, deletedAt }: Archive) {
  return { file, month, state, events, bytes, sha256, started_at: startedAt, deleted_at: deletedAt }
}

const STATES: Readonly<Record<string, string>> = {
  writing: 'being written, or begun by a run that was killed',
  verified: 'verified; the database still has these events too',
  deleted: 'the only place of these events',
  damaged: 'damaged: put a sound copy in its place',
}

function describe({ file, month, state, events, bytes }: Archive): string {
  const size =
    events === null ? '' : `  ${events.toLocaleString('en')} events, ${bytes?.toLocaleString('en')} bytes`
  return `${month}  ${file}${size}\n  ${STATES[state] ?? state}`
}
