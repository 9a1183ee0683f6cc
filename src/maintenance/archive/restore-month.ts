import type { Append, ArchiveStore, ReadableFile } from '../../platform/archive-store.ts'
import { formatRfc3339 } from '../../platform/rfc3339.ts'
import type { EventRow } from './event-row.ts'
import { readEventRows } from './parquet.ts'

/**
 * Writes the events of files of the archive as `tenantry events import` takes them, one JSON object a line, in the order of
 * organization, time and id, each once; gives how many. With an organization only its events, else every line names its
 * own. All files are read side by side, a row group of each in memory.
 */
export async function restoreEvents(
  store: ArchiveStore,
  input: { files: readonly string[]; organizationId?: string | undefined; append: Append },
): Promise<number> {
  const { files, organizationId, append } = input
  return withFiles(store, files, async opened => {
    let events = 0
    let lines: string[] = []
    const flush = async () => {
      await append(Buffer.from(lines.join('')))
      lines = []
    }
    for await (const row of inOrder(opened.map(rowsOf))) {
      if (organizationId !== undefined && row[0] !== organizationId) continue
      events += 1
      if (lines.push(lineOf(row, organizationId === undefined)) === LINES_AT_A_TIME) await flush()
    }
    await flush()
    return events
  })
}

const LINES_AT_A_TIME = 1_000

function withFiles<T>(
  store: ArchiveStore,
  names: readonly string[],
  use: (files: readonly ReadableFile[]) => Promise<T>,
  opened: readonly ReadableFile[] = [],
): Promise<T> {
  const [name, ...rest] = names
  if (name === undefined) return use(opened)
  return store.read(name, file => withFiles(store, rest, use, [...opened, file]))
}

async function* rowsOf(file: ReadableFile): AsyncGenerator<EventRow> {
  for await (const rows of readEventRows(file)) yield* rows
}

/** Merges what is in order by itself; of rows with one key the first. */
async function* inOrder(sources: readonly AsyncGenerator<EventRow>[]): AsyncGenerator<EventRow> {
  const heads = await Promise.all(sources.map(async source => ({ source, row: (await source.next()).value })))
  let latest: EventRow | undefined
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) if (head.row && (!first?.row || compare(head.row, first.row) < 0)) first = head
    if (!first?.row) return
    if (latest === undefined || compare(latest, first.row) !== 0) yield first.row
    latest = first.row
    first.row = (await first.source.next()).value
  }
}

function compare(one: EventRow, other: EventRow): number {
  for (const column of [0, 1, 2] as const) {
    const [left, right] = [one[column], other[column]]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** The properties stand in the line as PostgreSQL wrote them: parsed and written again, their numbers could change. */
function lineOf(row: EventRow, withOrganization: boolean): string {
  const [organization_id, createdAt, id, event_type, resource_type, resource_id, properties, ...rest] = row
  const [user_id, agent_id, conversation_id, end_user_id] = rest
  const fields = {
    ...(withOrganization && { organization_id }),
    ...{ id, event_type, created_at: formatRfc3339(createdAt), resource_type, resource_id },
    ...{ user_id, agent_id, conversation_id, end_user_id },
  }
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => (value ?? null) !== null))
  return `${JSON.stringify(given).slice(0, -1)},"properties":${properties}}\n`
}
