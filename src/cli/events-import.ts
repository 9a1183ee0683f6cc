import { open } from 'node:fs/promises'
import type { Command } from 'commander'
import { type ImportProgress, importEvents, type RejectedLine } from '../domains/analytics/index.ts'
import { AppError } from '../platform/errors.ts'
import { type Cli, createCommand } from './command.ts'
import { organizationId } from './values.ts'
import { withDatabase } from './with-database.ts'

/** More than anybody reads on a screen, or than a document should hold; the number of all is always said. */
const MOST_SHOWN = 20
const MOST_IN_DOCUMENT = 1_000

/** `tenantry events import`: stores a file of events of any age; those that are there already are no error. */
export function eventsImport(cli: Cli): Command {
  return createCommand(cli, 'import', 'store a file of events, one JSON object a line, of any age')
    .argument('<file>', 'the file, or - for standard input')
    .requiredOption('--organization <id>', 'whose events they are', organizationId)
    .action(async (path: string, { organization }: { organization: string }) => {
      const file = await openFile(path)
      await withDatabase(cli, async ({ pool }) => {
        const started = performance.now()
        const onProgress = (progress: ImportProgress) => cli.terminal.progress(rateOf(progress, started))
        const now = () => new Date()
        const { rejected, ...counts } = await importEvents(pool, {
          organizationId: organization,
          file,
          now,
          onProgress,
        })
        const shown = rejected.slice(0, MOST_IN_DOCUMENT)
        cli.terminal.answer(
          { ...counts, rejected: shown, rejected_count: rejected.length },
          `${counts.inserted} events stored, ${counts.duplicates} were there already, ${rejected.length} rejected`,
        )
        if (rejected.length > 0) complain(cli, rejected)
      })
    })
}

/** Before the database is started: a name that is misspelt should not take that long to say. */
async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return process.stdin
  try {
    const file = await open(path)
    if ((await file.stat()).isDirectory()) throw new Error('it is a folder')
    return file.createReadStream({ highWaterMark: 1024 ** 2 })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'cli.file_unreadable',
      'not_found',
      `${path} cannot be read (${reason}). Correct its name, or give - to read standard input.`,
      { path },
    )
  }
}

function rateOf({ lines, rejected }: ImportProgress, started: number): string {
  const perSecond = Math.round((lines * 1_000) / (performance.now() - started))
  const trouble = rejected > 0 ? `, ${rejected} rejected` : ''
  return `${lines.toLocaleString('en')} events, ${perSecond.toLocaleString('en')} a second${trouble} …`
}

function complain({ terminal }: Cli, rejected: readonly RejectedLine[]): void {
  terminal.exitCode = 1
  for (const { line, code, message } of rejected.slice(0, MOST_SHOWN))
    terminal.note(`error: line ${line}: ${message} (${code})`)
  if (rejected.length > MOST_SHOWN) terminal.note(`error: and ${rejected.length - MOST_SHOWN} more lines`)
  terminal.note('hint: correct these lines and import the file again; what was stored is not stored twice')
}
