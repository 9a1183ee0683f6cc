import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'

/** The instant before which all of the organization's events are archived, or undefined where none are. */
export async function readSeal(pool: pg.Pool, organizationId: string): Promise<Date | undefined> {
  return inRole(pool, 'tenantry_ingest', async tx => {
    const { rows } = await sql<{ sealed_until: Date }>`
      SELECT sealed_until FROM hold_seals(ARRAY[${organizationId}]::uuid[])`.execute(tx)
    return rows[0]?.sealed_until
  })
}
