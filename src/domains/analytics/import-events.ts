import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { daySealed } from './errors.ts'
import { ingestEvents, openIngestion } from './ingest-events.ts'
import { clearProgress, readProgress, saveProgress } from './ingest-progress.ts'
import { inspectFile } from './inspect-file.ts'
import type { Format, Line } from './line.ts'
import { readLines } from './lines.ts'
import { readSeal } from './read-seal.ts'
import type { Rejection } from './rejection.ts'

/** Why the line was not stored; `id` is the one it was sent with, where it had one. */
export type RejectedLine = Rejection & { readonly line: number; readonly id: string | null }

export type ImportProgress = {
  readonly lines: number
  readonly inserted: number
  readonly duplicates: number
  readonly rejected: number
}

export type Imported = Omit<ImportProgress, 'rejected'> & {
  readonly rejected: readonly RejectedLine[]
  /** The last line that an earlier run of the same file had done; 0 where this one began it. Its counts are included. */
  readonly resumedAfter: number
}

const LINES_IN_CHUNK = 1000
/** One is parsed while others are stored. */
const CHUNKS_AT_A_TIME = 3
const CHUNKS_BETWEEN_SAVES = 10
/** Beyond it an import that is stopped begins anew, which costs time and nothing else. */
const MOST_REJECTED_SAVED = 1000

/**
 * Imports a file with one event a line, of any age. A file with an event of a sealed day is refused as a whole, before
 * anything is stored. Each chunk is committed by itself: an import that was stopped goes on behind what it had stored
 * when it is started again with the same file, and what is there already is no error anyway. Lines that are no events
 * are reported by their number and spoil nothing.
 */
export async function importEvents(
  pool: pg.Pool,
  input: {
    readonly organizationId: string
    /** The bytes of the file from its beginning: they are read twice. */
    readonly file: () => AsyncIterable<Uint8Array>
    readonly format: Format
    readonly now: () => Date
    readonly onProgress?: (progress: ImportProgress) => void
  },
): Promise<Imported> {
  const { organizationId, file, format, now, onProgress } = input
  const sealedUntil = await readSeal(pool, organizationId)
  const sha256 = await inspectFile(file(), { organizationId, now: now(), format, sealedUntil })
  const source = `file:${format}:${sha256}`
  const ingestion = openIngestion(pool)

  const importChunk = async (chunk: readonly Line[]): Promise<Chunk> => {
    const rejected: RejectedLine[] = []
    const items: { line: number; item: unknown }[] = []
    for (const line of chunk) {
      if ('item' in line) items.push({ line: line.number, item: line.item })
      else rejected.push({ line: line.number, id: null, ...line.rejection })
    }
    const stored = await ingestEvents(ingestion, {
      organizationId,
      items: items.map(({ item }) => item),
      now: now(),
    })
    for (const { index, ...rest } of stored.rejected) {
      const line = items[index]?.line ?? 0
      if (rest.code === 'analytics.day_sealed') throw daySealed(line)
      rejected.push({ line, ...rest })
    }
    return { ...stored, rejected, lines: chunk.length, last: chunk.at(-1)?.number ?? 0 }
  }

  let done = (await inTenant(pool, organizationId, tx => readProgress<Chunk>(tx, source))) ?? NOTHING
  const resumedAfter = done.last
  let unsaved = 0
  const take = async (chunk: Chunk) => {
    done = {
      last: chunk.last,
      lines: done.lines + chunk.lines,
      inserted: done.inserted + chunk.inserted,
      duplicates: done.duplicates + chunk.duplicates,
      rejected: [...done.rejected, ...chunk.rejected],
    }
    const { last: _, rejected, ...counts } = done
    onProgress?.({ ...counts, rejected: rejected.length })
    if (++unsaved < CHUNKS_BETWEEN_SAVES || rejected.length > MOST_REJECTED_SAVED) return
    unsaved = 0
    await inTenant(pool, organizationId, tx => saveProgress(tx, source, done))
  }

  await inChunks(readLines(file(), format), { after: resumedAfter, work: importChunk, take })
  await inTenant(pool, organizationId, tx => clearProgress(tx, source))
  const { last: _, ...counts } = done
  return { ...counts, rejected: counts.rejected.sort((one, other) => one.line - other.line), resumedAfter }
}

type Chunk = {
  readonly last: number
  readonly lines: number
  readonly inserted: number
  readonly duplicates: number
  readonly rejected: RejectedLine[]
}

const NOTHING: Chunk = { last: 0, lines: 0, inserted: 0, duplicates: 0, rejected: [] }

/**
 * Works at several chunks at a time and takes them in their order. Rejects with the first failure, and only when all that
 * it began has ended: nothing goes on behind the caller's back.
 */
async function inChunks<T>(
  lines: AsyncIterable<Line>,
  of: { after: number; work: (chunk: readonly Line[]) => Promise<T>; take: (done: T) => Promise<void> },
): Promise<void> {
  const running: Promise<{ done: T } | { failure: unknown }>[] = []
  const begin = (chunk: readonly Line[]) =>
    running.push(
      of.work(chunk).then(
        done => ({ done }),
        failure => ({ failure }),
      ),
    )
  const takeNext = async () => {
    const outcome = await running.shift()
    if (outcome === undefined) return
    if ('failure' in outcome) throw outcome.failure
    await of.take(outcome.done)
  }
  try {
    let chunk: Line[] = []
    for await (const line of lines) {
      if (line.number <= of.after) continue
      if (chunk.push(line) < LINES_IN_CHUNK) continue
      begin(chunk)
      chunk = []
      if (running.length >= CHUNKS_AT_A_TIME) await takeNext()
    }
    if (chunk.length > 0) begin(chunk)
    while (running.length > 0) await takeNext()
  } finally {
    await Promise.all(running)
  }
}
