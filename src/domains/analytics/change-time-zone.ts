import { sql } from 'kysely'
import type { RoleTx, TenantTx } from '../../database/transaction.ts'
import { followTimeZone, IS_BEHIND } from './follow-time-zone.ts'
import { lockMetrics } from './lock-metrics.ts'

/** Asks for all days to be recomputed where the organization's zone is no longer that of its figures. */
export async function changeTimeZone(tx: TenantTx): Promise<void> {
  await lockMetrics(tx)
  await followTimeZone(tx)
}

/** The organizations whose figures were made in another zone than theirs is now. */
export async function listChangedTimeZones(tx: RoleTx): Promise<{ organizationId: string }[]> {
  return tx
    .selectFrom('rollup_zones')
    .innerJoin('organizations', 'organizations.id', 'rollup_zones.organization_id')
    .select('organizations.id as organizationId')
    .where(sql.raw<boolean>(IS_BEHIND))
    .execute()
}
