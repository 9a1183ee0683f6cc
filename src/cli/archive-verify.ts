import type { Command } from 'commander'
import { inRole } from '../database/transaction.ts'
import { listArchives } from '../maintenance/archive/list-archives.ts'
import { listUnlisted } from '../maintenance/archive/list-unlisted.ts'
import { recoverArchive } from '../maintenance/archive/recover-archive.ts'
import { verifyFile } from '../maintenance/archive/verify-file.ts'
import { openArchiveFolder } from '../platform/archive-store.ts'
import { AppError } from '../platform/errors.ts'
import { type Cli, createCommand } from './command.ts'
import { month } from './values.ts'
import { withDatabase } from './with-database.ts'

/**
 * `tenantry archive verify [MONTH]`: reads every file again, to the last row; exit 1 where one is not what was archived.
 * One that was damaged and has been put right is listed as such, and files of which no archive knows are named.
 */
export function archiveVerify(cli: Cli): Command {
  return createCommand(cli, 'verify', 'read the archive again and hold it against its manifests')
    .argument('[month]', 'only this one, like 2026-01; else all', month)
    .action((only: string | undefined) =>
      withDatabase(cli, async ({ pool }) => {
        const store = openArchiveFolder(cli.configuration().archiveDir)
        const unlisted = await listUnlisted(pool, store, { month: only })
        const archives = await inRole(pool, 'tenantry_jobs', tx => listArchives(tx, { month: only }))
        const checked = []
        for (const { file, sha256, state } of archives) {
          if (state === 'writing') continue
          cli.terminal.progress(`${file} …`)
          const fault = await verifyFile(store, { file, sha256 }).then(() => null, faultOf)
          if (fault === null && state === 'damaged') await recoverArchive(pool, file)
          checked.push({ file, sound: fault === null, fault })
        }
        const damaged = checked.filter(({ sound }) => !sound)
        cli.terminal.answer(
          { data: checked, sound: checked.length - damaged.length, damaged: damaged.length, unlisted },
          `${checked.length - damaged.length} of ${checked.length} files are what was archived`,
        )
        for (const { fault } of damaged) cli.terminal.note(`error: ${fault}`)
        for (const name of unlisted)
          cli.terminal.note(
            `${name} belongs to no archive that the database knows: of a time before it was restored, or put there by hand`,
          )
        if (damaged.length > 0) cli.terminal.exitCode = 1
      }),
    )
}

function faultOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  throw error
}
