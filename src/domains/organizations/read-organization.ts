import type { TenantTx } from '../../database/transaction.ts'
import { organizationNotFound } from './errors.ts'
import type { Organization } from './organization.ts'

/** The organization of the transaction. */
export async function readOrganization(tx: TenantTx): Promise<Organization> {
  const row = await tx
    .selectFrom('organizations')
    .select(['id', 'name', 'subdomain', 'plan', 'time_zone', 'created_at'])
    .select(['max_users', 'max_agents', 'max_messages', 'max_storage'])
    .where('id', '=', tx.organizationId)
    .executeTakeFirst()
  if (row === undefined) throw organizationNotFound(tx.organizationId)
  const { id, name, subdomain, plan, time_zone, created_at, ...limits } = row
  return { id, name, subdomain, plan, timeZone: time_zone || 'UTC', createdAt: created_at, limits }
}
