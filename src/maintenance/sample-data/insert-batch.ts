import { sql } from 'kysely'
import type { Turns } from '../../database/transaction.ts'
import { type Event, insertEvents } from '../../domains/analytics/index.ts'
import { type Batch, type EventRow, WRITERS } from './batch.ts'
import { columnsOf } from './columns.ts'

/** So many rows go in one statement. */
const MOST_ROWS = 2_000

/**
 * Writes the rows in the role that may. The tables of every domain are written here, past their operations: those know
 * of nothing but the present. Events alone go the way of all events, which marks their days to be rolled up.
 */
export async function insertBatch(turns: Turns, batch: Batch): Promise<void> {
  for (let start = 0; start < batch.rows.length; start += MOST_ROWS) {
    if (batch.table === 'analytics_events') {
      const events = batch.rows.slice(start, start + MOST_ROWS).map(eventOf)
      await turns.inRole(WRITERS.analytics_events, tx => insertEvents(tx, events))
    } else await insertRows(turns, batch, start)
  }
}

async function insertRows(
  turns: Turns,
  { table, organizationId, rows }: Batch,
  start: number,
): Promise<void> {
  const role = WRITERS[table]
  const columns = sql.join(columnsOf(rows).map(column => sql.ref(column)))
  const json = JSON.stringify(rows.slice(start, start + MOST_ROWS))
  const insert = sql`
    INSERT INTO ${sql.table(table)} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${json}::jsonb)`
  if (organizationId === null) await turns.inRole(role, tx => insert.execute(tx))
  else await turns.inTenant(organizationId, tx => insert.execute(tx), role)
}

function eventOf(row: EventRow): Event {
  return {
    organizationId: row.organization_id,
    id: row.id,
    eventType: row.event_type,
    createdAt: Date.parse(row.created_at) * 1_000,
    isClockSkewed: false,
    userId: row.user_id,
    endUserId: row.end_user_id,
    agentId: row.agent_id,
    conversationId: row.conversation_id,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    properties: JSON.stringify(row.properties),
  }
}
