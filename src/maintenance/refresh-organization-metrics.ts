import { sql } from 'kysely'
import type { RoleTx } from '../database/transaction.ts'

/** Recomputes `mv_organization_metrics`, the last 30 days of every organization; who reads it meanwhile reads the old. */
export async function refreshOrganizationMetrics(tx: RoleTx): Promise<void> {
  await sql`SELECT refresh_organization_metrics()`.execute(tx)
}
