import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/**
 * The days (UTC) whose metrics are behind their events: for every organization that has any, its `most` latest.
 * Latest first, so that an import of old events never delays the figures of today; and a few of each, so that the
 * import of one organization never delays another. Costs one index probe a day, however many markers a day has.
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
    SELECT organization.id AS "organizationId", to_char(day.start, 'YYYY-MM-DD') AS date
    FROM organization CROSS JOIN LATERAL (
      WITH RECURSIVE day AS (
        (SELECT date_trunc('day', bucket AT TIME ZONE 'UTC') AS start FROM rollup_dirty
          WHERE organization_id = organization.id ORDER BY bucket DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT date_trunc('day', bucket AT TIME ZONE 'UTC') FROM rollup_dirty
          WHERE organization_id = organization.id AND bucket < day.start AT TIME ZONE 'UTC'
          ORDER BY bucket DESC LIMIT 1)
        FROM day WHERE day.start IS NOT NULL
      )
      SELECT start FROM day WHERE start IS NOT NULL LIMIT ${most}
    ) AS day
    WHERE organization.id IS NOT NULL
    ORDER BY day.start DESC, organization.id`.execute(tx)
  return result.rows
}

export type DirtyDay = { organizationId: string; date: string }
