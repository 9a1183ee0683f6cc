import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { followTimeZone } from './follow-time-zone.ts'
import { lockMetrics } from './lock-metrics.ts'

/** The days are sealed, or these days have markers yet: roll them up, then seal. */
export type Seal = { readonly sealedUntil: Date } | { readonly behind: readonly string[] }

/**
 * Seals the organization's days up to and with `through`: their metrics never change again, so that their events may
 * leave. Days are sealed only when their metrics equal their events: the locks keep roll-ups and imports out, and what
 * either has committed before is seen behind them. A seal only ever moves forward.
 */
export async function sealDays(tx: TenantTx, { through }: { through: string }): Promise<Seal> {
  await lockMetrics(tx)
  await followTimeZone(tx)
  // An import holds it shared from before it looks at the seal until it has committed.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('analytics.seal:' || ${tx.organizationId}, 0))`.execute(
    tx,
  )
  const { rows } = await sql<{ day: string }>`
    SELECT DISTINCT to_char(greatest(day_of(bucket, time_zone), seal.sealed_through + 1), 'YYYY-MM-DD') AS day
    FROM rollup_dirty JOIN rollup_zones USING (organization_id) LEFT JOIN analytics_seals AS seal USING (organization_id)
    WHERE organization_id = ${tx.organizationId} AND bucket < day_begins(${through}::date + 1, time_zone)
    ORDER BY day LIMIT ${MOST_DAYS_BEHIND}`.execute(tx)
  if (rows.length > 0) return { behind: rows.map(row => row.day) }
  await sql`
    INSERT INTO analytics_seals AS present (organization_id, sealed_through, sealed_until)
    SELECT organization_id, ${through}::date, day_begins(${through}::date + 1, time_zone)
    FROM rollup_zones WHERE organization_id = ${tx.organizationId}
    ON CONFLICT (organization_id) DO UPDATE
    SET sealed_through = excluded.sealed_through, sealed_until = excluded.sealed_until, sealed_at = now()
    WHERE present.sealed_through < excluded.sealed_through AND present.sealed_until < excluded.sealed_until`.execute(
    tx,
  )
  const { sealed_until } = await tx
    .selectFrom('analytics_seals')
    .select('sealed_until')
    .where('organization_id', '=', tx.organizationId)
    .executeTakeFirstOrThrow()
  return { sealedUntil: sealed_until }
}

const MOST_DAYS_BEHIND = 50
