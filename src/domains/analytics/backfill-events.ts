import pg from 'pg'
import { inTenant, type TenantTx } from '../../database/transaction.ts'
import { formatRfc3339 } from '../../platform/rfc3339.ts'
import { deriveUuidV7 } from '../../platform/uuid.ts'
import { readColumns } from '../agents/index.ts'
import { CONVERSATION_STARTED } from './event.ts'
import { type Ingestion, ingestEvents, openIngestion } from './ingest-events.ts'
import { isMeasured } from './measured-properties.ts'
import type { Rejection } from './rejection.ts'
import { SOURCES, type Source, type Tables, type UntoldRow, untoldRows } from './untold-rows.ts'

export type Backfilled = {
  /** Events stored now, by the table whose rows they tell of. */
  readonly inserted: Readonly<Record<Source, number>>
  /** Rows of days that are archived: those are left as they are. */
  readonly sealed: number
  /** Rows that make no event. */
  readonly rejected: readonly (Rejection & { readonly table: Source; readonly row: string })[]
}

const ROWS_IN_BATCH = 1000

/**
 * Tells in events of the conversations, messages and workflow executions of an organization that no event tells of. Their
 * ids follow from the rows, and each batch is committed by itself: a backfill that was stopped goes on where it ended, and
 * one that was done finds nothing to do. What the tables do not say stays open; they are read and never written.
 */
export async function backfillEvents(
  pool: pg.Pool,
  input: {
    readonly organizationId: string
    /** Rows from then on are told of by the product itself. */
    readonly before: Date
    readonly now: () => Date
    readonly onProgress?: (stored: number) => void
  },
): Promise<Backfilled> {
  const { organizationId, before, now, onProgress } = input
  const ingestion = openIngestion(pool)
  const inserted: Record<Source, number> = { conversations: 0, messages: 0, workflow_executions: 0 }
  const rejected: Backfilled['rejected'][number][] = []
  let sealed = 0
  for (const table of SOURCES) {
    const work = async (rows: readonly UntoldRow[]) => {
      const stored = await store(ingestion, { organizationId, table, rows, now: now() })
      inserted[table] += stored.inserted
      for (const { index, code, message } of stored.rejected) {
        if (code === 'analytics.day_sealed') sealed++
        else rejected.push({ table, row: rows[index]?.key ?? '', code, message })
      }
      onProgress?.(Object.values(inserted).reduce((sum, count) => sum + count))
    }
    // One snapshot for all of a table, in which nothing is untold that the batches tell of meanwhile.
    await inTenant(pool, organizationId, tx => eachBatch(tx, table, before, work))
  }
  return { inserted, sealed, rejected }
}

async function eachBatch(
  tx: TenantTx,
  table: Source,
  before: Date,
  work: (rows: readonly UntoldRow[]) => Promise<void>,
): Promise<void> {
  const query = untoldRows(table, await readTables(tx))
  if (query === undefined) return
  // Each with each would take for ever, whatever the planner knows of the tables.
  await tx.client.query('SET LOCAL enable_nestloop = off; SET LOCAL jit = off')
  // A cursor takes no parameters.
  const bound = query
    .replaceAll('$1', `${pg.escapeLiteral(tx.organizationId)}::uuid`)
    .replaceAll('$2', `${pg.escapeLiteral(before.toISOString())}::timestamptz`)
  await tx.client.query(`DECLARE untold NO SCROLL CURSOR FOR ${bound}`)
  for (;;) {
    const { rows } = await tx.client.query<UntoldRow>(`FETCH ${ROWS_IN_BATCH} FROM untold`)
    if (rows.length === 0) return
    await work(rows)
  }
}

async function readTables(tx: TenantTx): Promise<Tables> {
  const tables = ['organizations', ...SOURCES] as const
  const columns = []
  for (const table of tables) columns.push([table, await readColumns(tx, table)])
  return Object.fromEntries(columns)
}

function store(
  ingestion: Ingestion,
  of: { organizationId: string; table: Source; rows: readonly UntoldRow[]; now: Date },
) {
  const { organizationId, table, rows, now } = of
  const items = rows.map(row => ({ ...itemOf(table, row), ...identityOf(organizationId, table, row) }))
  return ingestEvents(ingestion, { organizationId, items, now })
}

/** A row that has no time makes no event, which is said of it like of any other. */
function identityOf(organizationId: string, table: Source, { key, at }: UntoldRow) {
  if (at === null) return { id: deriveUuidV7(0, organizationId, table, key), created_at: '' }
  const microseconds = Number(at)
  return {
    id: deriveUuidV7(Math.max(0, Math.floor(microseconds / 1000)), organizationId, table, key),
    created_at: formatRfc3339(microseconds),
  }
}

function itemOf(table: Source, row: UntoldRow) {
  const { agent_id, user_id, end_user_id, conversation_id, resource_id, word, tokens, milliseconds } = row
  const people = { agent_id, user_id, end_user_id }
  // What is no uuid has its name here, by which it is known again.
  const named = resource_id === null && conversation_id === null ? { row_id: row.key } : {}
  switch (table) {
    case 'conversations':
      return { event_type: CONVERSATION_STARTED, ...people, conversation_id, properties: named }
    case 'messages':
      return {
        event_type: 'message.created',
        ...people,
        conversation_id,
        ...(resource_id !== null && { resource_type: 'message', resource_id }),
        properties: {
          ...(word !== null && { role: word }),
          ...(resource_id === null && { row_id: row.key }),
          ...measured({ tokens, response_time_ms: milliseconds }),
        },
      }
    case 'workflow_executions':
      return {
        event_type: 'workflow.executed',
        ...people,
        ...(resource_id !== null && { resource_type: 'workflow', resource_id }),
        properties: {
          row_id: row.key,
          ...(word !== null && { status: word }),
          ...(milliseconds !== null && { duration_ms: Math.round(milliseconds) }),
        },
      }
  }
}

/** A figure that no metric could count is left out, and the message counted all the same. */
function measured(figures: { tokens: number | null; response_time_ms: number | null }) {
  return Object.fromEntries(
    Object.entries(figures).filter(
      ([name, figure]) => figure !== null && isMeasured('message.created', name, figure),
    ),
  )
}
