import type { TenantTx } from '../../database/transaction.ts'
import { organizationNotFound } from './errors.ts'

/** Refuses to go on for an organization that does not exist. */
export async function requireOrganization(tx: TenantTx): Promise<void> {
  const organization = await tx
    .selectFrom('organizations')
    .select('id')
    .where('id', '=', tx.organizationId)
    .executeTakeFirst()
  if (organization === undefined) throw organizationNotFound(tx.organizationId)
}
