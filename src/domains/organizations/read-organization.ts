import type { TenantTx } from '../../database/transaction.ts'
import { organizationNotFound } from './errors.ts'

export type Organization = {
  readonly id: string
  readonly name: string
  readonly subdomain: string
  readonly plan: string | null
  readonly timeZone: string
}

/** The organization of the transaction. */
export async function readOrganization(tx: TenantTx): Promise<Organization> {
  const row = await tx
    .selectFrom('organizations')
    .select(['id', 'name', 'subdomain', 'plan', 'time_zone as timeZone'])
    .where('id', '=', tx.organizationId)
    .executeTakeFirst()
  if (row === undefined) throw organizationNotFound(tx.organizationId)
  return { ...row, timeZone: row.timeZone || 'UTC' }
}
