import type { TenantTx } from '../../database/transaction.ts'

/**
 * Lets nobody else write the organization's metrics until the end of the transaction: roll-ups, a change of zone and a
 * seal come one after the other. From here on each statement sees what the one before has committed (a server may have
 * another isolation by default, under which all would share the snapshot of the lock), and no plan is compiled: that costs
 * more than any of them. To be called before anything else.
 */
export async function lockMetrics(tx: TenantTx): Promise<void> {
  await tx.client.query(`SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    SET LOCAL jit = off;
    SELECT pg_advisory_xact_lock(hashtextextended('analytics.metrics:${tx.organizationId}', 0))`)
}
