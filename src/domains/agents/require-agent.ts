import type { TenantTx } from '../../database/transaction.ts'
import { agentNotFound } from './errors.ts'

/** Refuses an id that no agent of the organization has; whether another organization has it stays hidden. */
export async function requireAgent(tx: TenantTx, agentId: string): Promise<void> {
  const agent = await tx
    .selectFrom('agents')
    .select('id')
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', agentId)
    .executeTakeFirst()
  if (agent === undefined) throw agentNotFound(agentId)
}
