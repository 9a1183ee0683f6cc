import type { TenantTx } from '../../database/transaction.ts'

/**
 * Notes the zone of the organization as the one of its figures; where these were made in another, asks for all its days
 * that are not sealed to be recomputed in the new one. Says whether it did. To be called under {@link lockMetrics}, so
 * that no day is written in the former zone afterwards.
 *
 * Zones differ by 26 hours at most, so the events of a day fall into the days from two before to two after it. A marker in
 * each finds them all, and the days that then have none lose their figures.
 */
export async function followTimeZone(tx: TenantTx): Promise<boolean> {
  const { rows } = await tx.client.query<{ isFirst: boolean }>({
    name: 'analytics compare time zones',
    text: COMPARE,
    values: [tx.organizationId],
  })
  if (rows[0] === undefined) return false
  await tx.client.query(FOLLOW, [tx.organizationId])
  return !rows[0].isFirst
}

/** Over rollup_zones and organizations: the zone of the figures is not the organization's. */
export const IS_BEHIND = `rollup_zones.time_zone IS DISTINCT FROM organizations.time_zone
    AND rollup_zones.time_zone IS DISTINCT FROM usable_time_zone(organizations.time_zone)`

const COMPARE = `
  SELECT rollup_zones.time_zone IS NULL AS "isFirst"
  FROM organizations LEFT JOIN rollup_zones ON rollup_zones.organization_id = organizations.id
  WHERE organizations.id = $1::uuid AND ${IS_BEHIND}`

const FOLLOW = `
  WITH wanted AS (
    SELECT organizations.id AS organization_id, usable_time_zone(organizations.time_zone) AS time_zone,
      rollup_zones.time_zone AS former
    FROM organizations LEFT JOIN rollup_zones ON rollup_zones.organization_id = organizations.id
    WHERE organizations.id = $1::uuid
  ),
  noted AS (
    INSERT INTO rollup_zones AS present (organization_id, time_zone)
    SELECT organization_id, time_zone FROM wanted WHERE former IS DISTINCT FROM time_zone
    ON CONFLICT (organization_id) DO UPDATE SET time_zone = excluded.time_zone
  )
  INSERT INTO rollup_dirty (organization_id, bucket)
  SELECT DISTINCT $1::uuid, greatest(day_begins(daily_metrics.date + near, wanted.time_zone), seal.sealed_until)
  FROM wanted JOIN daily_metrics ON daily_metrics.organization_id = wanted.organization_id
    CROSS JOIN generate_series(-2, 2) AS near
    LEFT JOIN analytics_seals AS seal ON seal.organization_id = wanted.organization_id
  WHERE wanted.former <> wanted.time_zone
    AND (seal.sealed_through IS NULL OR daily_metrics.date > seal.sealed_through)`
