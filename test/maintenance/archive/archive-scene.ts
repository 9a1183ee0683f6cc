import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { archiveEvents } from '../../../src/maintenance/archive/archive-events.ts'
import { canonicalText, EVENT_COLUMNS, type EventRow } from '../../../src/maintenance/archive/event-row.ts'
import { readEventRows } from '../../../src/maintenance/archive/parquet.ts'
import { type ArchiveStore, openArchiveFolder } from '../../../src/platform/archive-store.ts'
import { type EventRow as NewEvent, writeEvents } from '../../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

export const RETENTION = { days: 90, plans: { enterprise: 365 } }
const DAY_MS = 24 * 60 * 60 * 1_000

/** A database with the cast, an empty archive, and ways to fill the one and look into both. */
export type ArchiveScene = {
  database: TestDatabase
  cast: Cast
  folder: string
  store: ArchiveStore
  now: Date
  /** An instant `days` days ago, `minutes` after midnight (UTC). */
  ago(days: number, minutes?: number): Date
  /** Stores events, each at one of the instants, and the partitions that they need. */
  write(organizationId: string, instants: readonly Date[], more?: Partial<NewEvent>): Promise<void>
  archive(options?: { store?: ArchiveStore; pool?: pg.Pool; attempts?: number }): Promise<number>
  /** Every event in the table, and every one in the files that are the only place of their events; a line each, in order. */
  stored(): Promise<string[]>
  archived(): Promise<string[]>
  drop(): Promise<void>
}

export async function openArchiveScene(): Promise<ArchiveScene> {
  const database = await createTestDatabase()
  const cast = await insertCast(database.admin)
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-archive-'))
  const store = openArchiveFolder(folder)
  const now = new Date()
  const midnight = new Date(now).setUTCHours(0, 0, 0, 0)
  return {
    database,
    cast,
    folder,
    store,
    now,
    ago: (days, minutes = 720) => new Date(midnight - days * DAY_MS + minutes * 60_000),
    async write(organizationId, instants, more = {}) {
      for (const month of new Set(
        instants.map(instant => `${instant.toISOString().slice(0, 7)}-01T00:00:00Z`),
      ))
        await database.admin.query('SELECT ensure_event_partition($1)', [month])
      await writeEvents(
        database.admin,
        instants.map(instant => ({
          id: uuidv7({ msecs: instant.getTime() }),
          organization_id: organizationId,
          event_type: 'message.created',
          created_at: instant.toISOString(),
          end_user_id: 'visitor',
          properties: { tokens: 3 },
          ...more,
        })),
      )
    },
    archive: ({ pool = database.pool, ...options } = {}) =>
      archiveEvents(pool, { store, retention: RETENTION, now, attempts: 1, ...options }),
    stored: () => storedLines(database.admin),
    async archived() {
      const { rows } = await database.admin.query<{ id: string; file: string }>(
        "SELECT id, file FROM event_archives WHERE state IN ('verified', 'deleted') ORDER BY file",
      )
      const lines = []
      for (const { id, file } of rows) {
        const { rows: chunks } = await database.admin.query<Chunk>(CHUNKS, [id])
        lines.push(
          ...(await fileLines(store, file)).filter(line => !chunks.some(chunk => holds(chunk, line))),
        )
      }
      return lines.sort()
    },
    async drop() {
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Chunk = { organization: string; first: readonly [number, string]; last: readonly [number, string] }

const CHUNKS = `
  SELECT organization_id AS organization,
    jsonb_build_array((extract(epoch FROM first_at) * 1000000)::bigint, first_id) AS first,
    jsonb_build_array((extract(epoch FROM last_at) * 1000000)::bigint, last_id) AS last
  FROM event_archive_chunks WHERE archive_id = $1`

/** Whether the table still holds the event: its chunk has not gone. */
function holds({ organization, first, last }: Chunk, line: string): boolean {
  const [of, at, id]: EventRow = JSON.parse(line)
  const isBefore = (one: readonly [number, string], other: readonly [number, string]) =>
    one[0] < other[0] || (one[0] === other[0] && one[1] <= other[1])
  return of === organization && isBefore(first, [at, id]) && isBefore([at, id], last)
}

export async function storedLines(admin: pg.Pool): Promise<string[]> {
  const { rows } = await admin.query<unknown[]>({
    text: `SELECT ${EVENT_COLUMNS.map(({ select }) => select)} FROM analytics_events`,
    rowMode: 'array',
  })
  return (rows as unknown[] as EventRow[]).map(row => canonicalText([row])).sort()
}

export function fileLines(store: ArchiveStore, name: string): Promise<string[]> {
  return store.read(name, async file => {
    const lines: string[] = []
    for await (const rows of readEventRows(file)) lines.push(...rows.map(row => canonicalText([row])))
    return lines
  })
}
