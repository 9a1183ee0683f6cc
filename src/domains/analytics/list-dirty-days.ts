import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/**
 * The days whose metrics are behind their events, in each organization's zone: for every organization that has any, its
 * `most` latest. Latest first, so that an import of old events never delays the figures of today; and a few of each, so
 * that the import of one organization never delays another. Costs one index probe a day, however many markers a day has.
 */
export async function listDirtyDays(tx: RoleTx, { most }: { most: number }): Promise<DirtyDay[]> {
  const result = await sql<DirtyDay>`
    WITH RECURSIVE organization AS (
      (SELECT organization_id AS id FROM rollup_dirty ORDER BY organization_id LIMIT 1)
      UNION ALL
      SELECT (SELECT organization_id FROM rollup_dirty WHERE organization_id > organization.id
        ORDER BY organization_id LIMIT 1)
      FROM organization WHERE organization.id IS NOT NULL
    )
    SELECT organization.id AS "organizationId", to_char(day.date, 'YYYY-MM-DD') AS date
    FROM organization
      JOIN organizations ON organizations.id = organization.id
      LEFT JOIN rollup_zones ON rollup_zones.organization_id = organization.id
      CROSS JOIN LATERAL (
        SELECT coalesce(rollup_zones.time_zone, usable_time_zone(organizations.time_zone)) AS name
      ) AS zone
      LEFT JOIN analytics_seals AS seal ON seal.organization_id = organization.id
      CROSS JOIN LATERAL (
        WITH RECURSIVE day AS (
          (SELECT ${DATE} AS date FROM rollup_dirty WHERE organization_id = organization.id ORDER BY bucket DESC LIMIT 1)
          UNION ALL
          SELECT (SELECT ${DATE} FROM rollup_dirty
            WHERE organization_id = organization.id AND bucket < day_begins(day.date, zone.name)
              AND bucket < (CASE WHEN day.date = seal.sealed_through + 1 THEN '-infinity' ELSE 'infinity' END)::timestamptz
            ORDER BY bucket DESC LIMIT 1)
          FROM day WHERE day.date IS NOT NULL
        )
        SELECT date FROM day WHERE date IS NOT NULL LIMIT ${most}
      ) AS day
    ORDER BY day.date DESC, organization.id`.execute(tx)
  return result.rows
}

export type DirtyDay = { organizationId: string; date: string }

/** What lies before the seal goes with the first day behind it. */
const DATE = sql`greatest(day_of(bucket, zone.name), seal.sealed_through + 1)`
