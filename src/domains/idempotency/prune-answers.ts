import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/** Removes what no request is compared with any more: everything older than 24 hours; gives how many. */
export async function pruneAnswers(tx: RoleTx): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', sql<Date>`now() - interval '24 hours'`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
