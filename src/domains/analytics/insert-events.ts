import pg from 'pg'
import {
  booleanArray,
  jsonbArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from '../../database/binary-array.ts'
import type { RoleTx } from '../../database/transaction.ts'
import type { Event } from './event.ts'
import { END_USER_KEY, FIGURES, MEASURED, MEMBER_KEY, RESPONSE_TIMES } from './event-figures.ts'

/** What became of an event. Of several that are the same, one is inserted. */
export const DUPLICATE = 0
export const INSERTED = 1
/** Its day is archived: it was left out. */
export const SEALED = 2

/**
 * Inserts the events that are not there yet, of any organizations, with markers that say in which quarter of an hour they
 * lie and what they add to each agent's figures, so that no committed event is without its marker. Gives for each event
 * whether it was inserted.
 */
export async function insertEvents(tx: RoleTx, events: readonly Event[]): Promise<Uint8Array> {
  const { rows } = await tx.client.query<{ count: number; keys: string[] | null }>({
    name: 'analytics insert events',
    text: INSERT_MISSING,
    values: [...valuesOf(events), events.length],
  })
  const row = rows[0]
  if (row === undefined) throw new Error('the insert of events gave no count')
  return row.keys === null ? allInserted(events) : fatesOf(events, row.keys)
}

/**
 * As {@link insertEvents}, for a fifth less of the database's time, where none of the events is there yet: if one is, or
 * one is sent twice, it throws {@link isEventThere}, and the transaction is lost.
 */
export async function insertNewEvents(tx: RoleTx, events: readonly Event[]): Promise<Uint8Array> {
  await tx.client.query({ name: 'analytics insert new events', text: INSERT_NEW, values: valuesOf(events) })
  return allInserted(events)
}

export function isEventThere(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.code === '23505' &&
    error.table?.startsWith('analytics_events') === true
  )
}

// The statements are named, so that a connection plans each once. The arrays are binary: it is the fastest way in that
// row-level security allows.
const valuesOf = (events: readonly Event[]) => [
  uuidArray(events, event => event.id),
  uuidArray(events, event => event.organizationId),
  textArray(events, event => event.eventType),
  textArray(events, event => event.resourceType),
  uuidArray(events, event => event.resourceId),
  jsonbArray(events, event => event.properties),
  uuidArray(events, event => event.userId),
  timestamptzArray(events, event => event.createdAt),
  uuidArray(events, event => event.agentId),
  uuidArray(events, event => event.conversationId),
  textArray(events, event => event.endUserId),
  booleanArray(events, event => event.isClockSkewed),
]

const SENT = `unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::jsonb[], $7::uuid[],
      $8::timestamptz[], $9::uuid[], $10::uuid[], $11::text[], $12::boolean[])
      AS event (id, organization_id, event_type, resource_type, resource_id, properties, user_id,
        created_at, agent_id, conversation_id, end_user_id, clock_skewed)`

const INSERT = `INSERT INTO analytics_events (id, organization_id, event_type, resource_type, resource_id, properties,
      user_id, created_at, agent_id, conversation_id, end_user_id, clock_skewed)
    SELECT * FROM event`

/** Writes the markers of the events of `source`. */
const mark = (source: string) => `measured AS (
    SELECT organization_id, date_bin('15 minutes', created_at, '2000-01-01 00:00:00+00') AS bucket, agent_id,
      ${MEASURED},
      ${MEMBER_KEY} AS member_key, ${END_USER_KEY} AS end_user_key
    FROM ${source}
  ), marked AS (
    INSERT INTO rollup_dirty (organization_id, bucket, agent_id, messages, conversations, workflow_executions, errors,
      tokens, response_time_sum_ms, rating_sum, rating_count, response_times, user_keys)
    SELECT organization_id, bucket, agent_id, ${FIGURES}, coalesce(${RESPONSE_TIMES}, '{}'),
      coalesce(array_agg(DISTINCT member_key) FILTER (WHERE member_key IS NOT NULL), '{}')
        || coalesce(array_agg(DISTINCT end_user_key) FILTER (WHERE end_user_key IS NOT NULL), '{}')
    FROM measured GROUP BY organization_id, bucket, agent_id
  )`

/**
 * The figures are counted from what was sent, joined with the keys that went in: this role may read nothing else of an
 * event. The keys come back only where some event was there before: as a rule the count says it all.
 */
const INSERT_MISSING = `
  WITH event AS MATERIALIZED (
    -- In one order everywhere, so that two transactions with the same events never wait for each other in turn.
    SELECT DISTINCT ON (organization_id, created_at, id) *
    FROM ${SENT}
    ORDER BY organization_id, created_at, id
  ), inserted AS (
    ${INSERT}
    ON CONFLICT (organization_id, created_at, id) DO NOTHING
    RETURNING organization_id, created_at, id
  ), ${mark('event JOIN inserted USING (organization_id, created_at, id)')},
  counted AS (
    SELECT count(*)::integer AS count FROM inserted
  )
  SELECT count, CASE WHEN count < $13::integer THEN ARRAY(
    SELECT organization_id || '/' || (extract(epoch FROM created_at) * 1000000)::bigint || '/' || id FROM inserted
  ) END AS keys
  FROM counted`

const INSERT_NEW = `
  WITH event AS MATERIALIZED (SELECT * FROM ${SENT}),
  inserted AS (${INSERT}),
  ${mark('event')}
  SELECT`

const allInserted = (events: readonly Event[]) => new Uint8Array(events.length).fill(INSERTED)

function fatesOf(events: readonly Event[], keys: readonly string[]): Uint8Array {
  const inserted = new Set(keys)
  return Uint8Array.from(events, ({ organizationId, createdAt, id }) =>
    inserted.delete(`${organizationId}/${createdAt}/${id}`) ? INSERTED : DUPLICATE,
  )
}
