import type { TenantTx } from '../../database/transaction.ts'

/**
 * Has the transaction's next statements read events in the order of their key, from where they begin to the last one
 * wanted. Left to itself the planner sorts a whole period for each page of it, wherever it takes a month for small:
 * one that has just been imported is not analyzed yet. The settings make plans look dear, for which a server with LLVM
 * would compile each.
 */
export async function followKey(tx: TenantTx): Promise<void> {
  await tx.client.query(
    'SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off; SET LOCAL jit = off',
  )
}
