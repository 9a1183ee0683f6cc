import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'

/** How far the work on `source` came before it was stopped; undefined where it was never begun, or was done. */
export async function readProgress<P>(tx: TenantTx, source: string): Promise<P | undefined> {
  const row = await tx
    .selectFrom('ingest_progress')
    .select('position')
    .where('organization_id', '=', tx.organizationId)
    .where('source', '=', source)
    .executeTakeFirst()
  return row?.position as P | undefined
}

/** To be called when everything up to `position` is committed: the work then goes on behind it. */
export async function saveProgress(tx: TenantTx, source: string, position: unknown): Promise<void> {
  const row = { position: JSON.stringify(position), reached_at: sql<Date>`now()` }
  await tx
    .insertInto('ingest_progress')
    .values({ organization_id: tx.organizationId, source, ...row })
    .onConflict(conflict => conflict.columns(['organization_id', 'source']).doUpdateSet(row))
    .execute()
}

/** What is done begins anew when it is asked for again. */
export async function clearProgress(tx: TenantTx, source: string): Promise<void> {
  await tx
    .deleteFrom('ingest_progress')
    .where('organization_id', '=', tx.organizationId)
    .where('source', '=', source)
    .execute()
}
