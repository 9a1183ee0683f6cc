import type { TenantTx } from '../../database/transaction.ts'
import { type Actor, recordActivity } from '../organizations/index.ts'
import type { Agent } from './agent.ts'
import { agentNotFound } from './errors.ts'
import { refusalOf } from './refusal.ts'

/** Switches the agent on or off; one that is so already stays so. Refused where the plan has no room for another one. */
export async function setAgentActivation(
  tx: TenantTx,
  input: { agentId: string; isActive: boolean; actor: Actor },
): Promise<Agent> {
  const { organizationId } = tx
  const { agentId: id, isActive, actor } = input
  const present = await tx
    .selectFrom('agents')
    .select(['name', 'is_active'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .forUpdate() // two at once: the second finds it done and records nothing
    .executeTakeFirst()
  if (present === undefined) throw agentNotFound(id)
  const { name } = present
  if (present.is_active === isActive) return { id, name, isActive }
  await tx
    .updateTable('agents')
    .set({ is_active: isActive })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
    .catch(error => {
      throw refusalOf(error) ?? error
    })
  await recordActivity(tx, {
    organizationId,
    actor,
    actionType: isActive ? 'agent.activated' : 'agent.deactivated',
    resource: { type: 'agent', id, name },
  })
  return { id, name, isActive }
}
