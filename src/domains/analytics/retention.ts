import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'
import type { EventRetention } from '../../platform/configuration.ts'

/** The last day of an organization whose detailed events are no longer promised, in its own time zone. */
export type Expiry = {
  readonly organizationId: string
  readonly through: string
  readonly months: readonly string[]
}

/**
 * The organizations that have events of expired days, with the months (YYYY-MM, UTC) in which they lie. Today and the
 * days of the plan before it stay; with aggregates, which stay for ever, this is the whole policy.
 */
export async function listExpiries(
  tx: RoleTx,
  { retention, now }: { retention: EventRetention; now: Date },
): Promise<Expiry[]> {
  const result = await sql<Expiry>`
    WITH expiry AS (
      SELECT id, time_zone, day_of(${now}, time_zone)
        - coalesce((${JSON.stringify(retention.plans)}::jsonb ->> plan)::integer, ${retention.days}) - 1 AS through
      FROM organizations
    )
    SELECT id AS "organizationId", to_char(through, 'YYYY-MM-DD') AS through,
      array_agg(to_char(expired.month, 'YYYY-MM') ORDER BY expired.month) AS months
    FROM expiry JOIN (
      SELECT * FROM list_expired_events(
        (SELECT array_agg(id ORDER BY id) FROM expiry),
        (SELECT array_agg(day_begins(through + 1, time_zone) ORDER BY id) FROM expiry))
    ) AS expired ON expired.organization_id = expiry.id
    GROUP BY id, through ORDER BY id`.execute(tx)
  return result.rows
}
