import type pg from 'pg'
import { type Ingested, ingestEvents, openIngestion } from './ingest-events.ts'
import { type Line, splitLines } from './lines.ts'
import { lineNotJson, lineNotUtf8, type Rejection } from './rejection.ts'

/** Why the line was not stored; `id` is the one it was sent with, where it had one. */
export type RejectedLine = Rejection & { readonly line: number; readonly id: string | null }

export type ImportProgress = {
  readonly lines: number
  readonly inserted: number
  readonly duplicates: number
  readonly rejected: number
}

const LINES_IN_CHUNK = 1000
/** One is parsed while others are stored. */
const CHUNKS_AT_A_TIME = 3

/**
 * Imports a file with one event a line, of any age. Each chunk is committed by itself, and an event that is there
 * already is no error: an import that was stopped is resumed by starting it again. Lines that are no events are
 * reported by their number and spoil nothing.
 */
export async function importEvents(
  pool: pg.Pool,
  input: {
    readonly organizationId: string
    readonly file: AsyncIterable<Uint8Array>
    readonly now: () => Date
    readonly onProgress?: (progress: ImportProgress) => void
  },
): Promise<Omit<ImportProgress, 'rejected'> & { readonly rejected: readonly RejectedLine[] }> {
  const { organizationId, file, now, onProgress } = input
  const ingestion = openIngestion(pool)
  const rejected: RejectedLine[] = []
  let [lines, inserted, duplicates] = [0, 0, 0]

  const importChunk = async (chunk: readonly Line[]) => {
    const parsed: { line: number; item: unknown }[] = []
    for (const { number, text } of chunk) {
      const item = parseLine(text)
      if ('code' in item) rejected.push({ line: number, id: null, ...item })
      else parsed.push({ line: number, item: item.value })
    }
    const items = parsed.map(({ item }) => item)
    const stored: Ingested = await ingestEvents(ingestion, { organizationId, items, now: now() })
    for (const { index, ...rest } of stored.rejected)
      rejected.push({ line: parsed[index]?.line ?? 0, ...rest })
    lines += chunk.length
    inserted += stored.inserted
    duplicates += stored.duplicates
    onProgress?.({ lines, inserted, duplicates, rejected: rejected.length })
  }

  await inChunks(splitLines(file), importChunk)
  return { lines, inserted, duplicates, rejected: rejected.sort((one, other) => one.line - other.line) }
}

/** Rejects with the first failure, and only when all that it began has ended: nothing goes on behind the caller's back. */
async function inChunks(
  lines: AsyncIterable<Line>,
  work: (chunk: readonly Line[]) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  const begin = (chunk: readonly Line[]) => {
    const one = work(chunk)
      .catch(error => {
        failures.push(error)
      })
      .finally(() => running.delete(one))
    running.add(one)
  }
  try {
    let chunk: Line[] = []
    for await (const line of lines) {
      if (chunk.push(line) < LINES_IN_CHUNK) continue
      begin(chunk)
      chunk = []
      if (running.size >= CHUNKS_AT_A_TIME) await Promise.race(running)
      if (failures.length > 0) break
    }
    if (failures.length === 0) begin(chunk)
  } finally {
    await Promise.all(running)
  }
  if (failures.length > 0) throw failures[0]
}

function parseLine(text: string | undefined): Rejection | { readonly value: unknown } {
  if (text === undefined) return lineNotUtf8()
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return lineNotJson(error instanceof Error ? error.message : String(error))
  }
}
