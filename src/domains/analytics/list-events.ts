import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { type EventBounds, readEventBounds } from './event-bounds.ts'
import { conditionOf, type EventQuestion } from './event-question.ts'
import { followKey } from './follow-key.ts'
import { instant } from './instant.ts'
import { limitTime } from './limit-time.ts'

/** An event as it was sent, and when it came. */
export type StoredEvent = {
  readonly id: string
  readonly event_type: string
  readonly created_at: string
  readonly received_at: string
  readonly clock_skewed: boolean
  readonly user_id: string | null
  readonly end_user_id: string | null
  readonly agent_id: string | null
  readonly conversation_id: string | null
  readonly resource_type: string | null
  readonly resource_id: string | null
  readonly properties: Record<string, unknown>
}

/** The rest of an event's key: where a page ended. */
export type EventPosition = { readonly createdAt: string; readonly id: string }

export type EventPage = {
  readonly events: StoredEvent[]
  readonly next: EventPosition | undefined
  readonly archivedBefore: string | null
}

/** A page of the organization's events, newest first; what arrives meanwhile moves nothing. */
export async function listEvents(
  tx: TenantTx,
  { limit, after, ...question }: EventQuestion & { limit: number; after?: EventPosition | undefined },
): Promise<EventPage> {
  const bounds = await readEventBounds(tx, question)
  const rows = await readPage(tx, { question, bounds, limit: limit + 1, after })
  const events = rows.slice(0, limit)
  const last = rows.length > limit ? events.at(-1) : undefined
  return {
    events,
    next: last && { createdAt: last.created_at, id: last.id },
    archivedBefore: bounds.archivedBefore,
  }
}

/** Follows the primary key backwards, so a page costs what it reads, however many events are behind it. */
async function readPage(
  tx: TenantTx,
  input: { question: EventQuestion; bounds: EventBounds; limit: number; after: EventPosition | undefined },
): Promise<StoredEvent[]> {
  const { question, bounds, limit, after } = input
  const behind =
    after === undefined
      ? sql``
      : // The first half says which months are asked for, the second which events.
        sql`AND created_at <= ${after.createdAt}::timestamptz
          AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
  await followKey(tx)
  const { rows } = await limitTime(tx, () =>
    sql<StoredEvent>`
      SELECT id, event_type, ${instant('created_at')} AS created_at, ${instant('received_at')} AS received_at, clock_skewed,
        user_id, end_user_id, agent_id, conversation_id, resource_type, resource_id, properties
      FROM analytics_events WHERE ${conditionOf(tx, question, bounds)} ${behind}
      ORDER BY analytics_events.created_at DESC, id DESC LIMIT ${limit}`.execute(tx),
  )
  return rows
}
