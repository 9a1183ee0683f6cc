import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import {
  type Format,
  type ImportProgress,
  importEvents,
  type RejectedLine,
} from '../domains/analytics/index.ts'
import { AppError } from '../platform/errors.ts'
import { type Cli, createCommand } from './command.ts'
import { eventFormat, organizationId } from './values.ts'
import { withDatabase } from './with-database.ts'

/** More than anybody reads on a screen, or than a document should hold; the number of all is always said. */
const MOST_SHOWN = 20
const MOST_IN_DOCUMENT = 1_000

type Options = { organization: string; format?: Format }

/** `tenantry events import`: stores a file of events of any age; those that are there already are no error. */
export function eventsImport(cli: Cli): Command {
  return createCommand(cli, 'import', 'store a file of events, one a line (JSON or CSV), of any age')
    .argument('<file>', 'the file, or - for standard input')
    .requiredOption('--organization <id>', 'whose events they are', organizationId)
    .option('--format <name>', 'ndjson or csv (default: by the name of the file, else ndjson)', eventFormat)
    .action((path: string, { organization, format }: Options) =>
      withFile(path, read =>
        withDatabase(cli, async ({ pool }) => {
          const file = await read()
          const started = performance.now()
          const { rejected, resumedAfter, ...counts } = await importEvents(pool, {
            organizationId: organization,
            file,
            format: format ?? (/\.csv$/i.test(path) ? 'csv' : 'ndjson'),
            now: () => new Date(),
            onProgress: progress => cli.terminal.progress(rateOf(progress, started)),
          })
          if (resumedAfter > 0)
            cli.terminal.note(
              `an earlier run had stored this file up to line ${resumedAfter}; it went on there`,
            )
          cli.terminal.answer(
            {
              ...counts,
              rejected: rejected.slice(0, MOST_IN_DOCUMENT),
              rejected_count: rejected.length,
              resumed_after: resumedAfter,
            },
            `${counts.inserted} events stored, ${counts.duplicates} were there already, ${rejected.length} rejected`,
          )
          if (rejected.length > 0) complain(cli, rejected)
        }),
      ),
    )
}

/**
 * Opened before the database is started: a name that is misspelt should not take that long to say. An import reads its
 * file twice, so standard input is put into a file first, which goes however the command ends.
 */
async function withFile<T>(path: string, work: (read: () => Promise<File>) => Promise<T>): Promise<T> {
  if (path !== '-') {
    const file = await openFile(path)
    return work(async () => contentOf(file))
  }
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-import-'))
  try {
    return await work(async () => {
      const copy = join(folder, 'stdin')
      await writeFile(copy, process.stdin, { mode: 0o600 })
      return contentOf(await openFile(copy))
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type File = () => AsyncIterable<Uint8Array>

const contentOf =
  (file: FileHandle): File =>
  () =>
    file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1024 ** 2 })

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path)
    if (!(await file.stat()).isFile()) throw new Error('it is no regular file')
    return file
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
