import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { type AskedTimes, readEventBounds } from './event-bounds.ts'
import { conditionOf } from './event-question.ts'
import { followKey } from './follow-key.ts'
import { instant } from './instant.ts'
import { limitTime } from './limit-time.ts'

/** No index knows the types, and a rare one is worth no scan of a year: so many events say what there is to choose from. */
const MOST_EXAMINED = 20_000

export type EventTypes = {
  readonly types: { readonly event_type: string; readonly events: number; readonly last_at: string }[]
  /** How many events were looked at, the newest of the period. */
  readonly examined: number
  /** False where there are more: a type may then be missing, and counts are of those that were looked at. */
  readonly isComplete: boolean
}

/** Which types of events there are, the most frequent first. Costs the same however many events there are. */
export async function listEventTypes(tx: TenantTx, asked: AskedTimes): Promise<EventTypes> {
  const bounds = await readEventBounds(tx, asked)
  await followKey(tx)
  const { rows } = await limitTime(tx, () =>
    sql<EventTypes['types'][number]>`
      SELECT event_type, count(*) AS events, ${instant(sql`max(created_at)`)} AS last_at
      FROM (
        SELECT event_type, created_at FROM analytics_events WHERE ${conditionOf(tx, {}, bounds)}
        ORDER BY created_at DESC, id DESC LIMIT ${MOST_EXAMINED}
      ) AS newest
      GROUP BY event_type ORDER BY events DESC, event_type`.execute(tx),
  )
  const examined = rows.reduce((sum, { events }) => sum + events, 0)
  return { types: rows, examined, isComplete: examined < MOST_EXAMINED }
}
