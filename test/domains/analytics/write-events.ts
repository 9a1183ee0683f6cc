import type pg from 'pg'
import { inRole } from '../../../src/database/transaction.ts'
import { type Event, insertEvents } from '../../../src/domains/analytics/index.ts'
import { parseRfc3339 } from '../../../src/platform/rfc3339.ts'

/** An event as a test writes it: past the event door, to hold the roll-up against rows of every kind. */
export type EventRow = {
  id: string
  organization_id: string
  event_type: string
  created_at: string
  agent_id?: string | null
  user_id?: string | null
  end_user_id?: string | null
  properties?: Record<string, unknown>
}

/** Inserts those events that are not there yet with the statement of the door, whose markers carry figures. */
export async function ingest(pool: pg.Pool, events: readonly EventRow[]): Promise<void> {
  await inRole(pool, 'tenantry_ingest', tx => insertEvents(tx, events.map(eventOf)))
}

export const eventOf = (event: EventRow): Event => ({
  organizationId: event.organization_id,
  id: event.id,
  eventType: event.event_type,
  createdAt: parseRfc3339(event.created_at) as number,
  isClockSkewed: false,
  userId: event.user_id ?? null,
  endUserId: event.end_user_id ?? null,
  agentId: event.agent_id ?? null,
  conversationId: null,
  resourceType: null,
  resourceId: null,
  properties: JSON.stringify(event.properties ?? {}),
})

/**
 * Inserts those events that are not there yet, and a marker without figures for each, as an import of history may; the
 * caller's transaction commits both together.
 */
export async function writeEvents(
  client: pg.ClientBase | pg.Pool,
  events: readonly EventRow[],
): Promise<void> {
  await client.query(
    `WITH inserted AS (
       INSERT INTO analytics_events (id, organization_id, event_type, created_at, agent_id, user_id, end_user_id, properties)
       SELECT id, organization_id, event_type, created_at, agent_id, user_id, end_user_id, coalesce(properties, '{}')
       FROM jsonb_to_recordset($1) AS event (id uuid, organization_id uuid, event_type text, created_at timestamptz,
         agent_id uuid, user_id uuid, end_user_id text, properties jsonb)
       ORDER BY organization_id, created_at, id -- two writers of the same events must not wait for each other in turn
       ON CONFLICT DO NOTHING RETURNING organization_id, created_at
     )
     INSERT INTO rollup_dirty (organization_id, bucket)
     SELECT organization_id, date_bin('15 minutes', created_at, '2000-01-01 00:00:00+00') FROM inserted`,
    [JSON.stringify(events)],
  )
}

/** Deletes events; that their days have changed is noted by the database. */
export async function deleteEvents(client: pg.ClientBase | pg.Pool, ids: readonly string[]): Promise<void> {
  await client.query(
    `DELETE FROM analytics_events USING (
       SELECT organization_id, created_at, id FROM analytics_events WHERE id = ANY ($1)
       ORDER BY organization_id, created_at, id FOR UPDATE
     ) AS doomed
     WHERE (analytics_events.organization_id, analytics_events.created_at, analytics_events.id)
       = (doomed.organization_id, doomed.created_at, doomed.id)`,
    [ids],
  )
}
