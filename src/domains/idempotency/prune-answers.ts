import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/** Removes what no request is compared with any more: everything older than 24 hours. */
export async function pruneAnswers(tx: RoleTx): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', sql<Date>`now() - interval '24 hours'`)
    .execute()
}
