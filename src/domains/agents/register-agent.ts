import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { type Actor, recordActivity } from '../organizations/index.ts'
import { type Agent, type AgentInput, checkAgent } from './agent.ts'
import { agentIdUnavailable } from './errors.ts'
import { refusalOf } from './refusal.ts'

/**
 * Makes the agent, or gives the one with this id the name and the state; the same again changes nothing. A state that is
 * left out stays as it is; a new agent is active. Only active agents count against the plan, so registering an inactive
 * one always works. Gives whether it was made.
 */
export async function registerAgent(
  tx: TenantTx,
  input: AgentInput & { readonly actor?: Actor },
): Promise<Agent & { readonly isNew: boolean }> {
  const { isNew, ...agent } = await writeAgent(tx, checkAgent(input)).catch(error => {
    throw refusalOf(error) ?? error
  })
  if (isNew !== undefined)
    await recordActivity(tx, {
      organizationId: tx.organizationId,
      actor: input.actor,
      actionType: isNew ? 'agent.registered' : 'agent.updated',
      resource: { type: 'agent', id: agent.id, name: agent.name },
      metadata: { is_active: agent.isActive },
    })
  return { ...agent, isNew: isNew ?? false }
}

/** The agent as it now is. `isNew` is true where it was made, false where it was changed, undefined where it was so already. */
async function writeAgent(tx: TenantTx, input: AgentInput): Promise<Agent & { isNew: boolean | undefined }> {
  const present = await findAgent(tx, input.id)
  const made = { ...input, isActive: input.isActive ?? true }
  if (present === undefined && (await insertAgent(tx, made))) return { ...made, isNew: true }
  // Another request made it in the meantime, or the id is in use where we may not look.
  const other = present ?? (await findAgent(tx, input.id))
  if (other === undefined) throw agentIdUnavailable(input.id)
  const agent = { ...input, isActive: input.isActive ?? other.is_active }
  if (other.name === agent.name && other.is_active === agent.isActive) return { ...agent, isNew: undefined }
  await tx
    .updateTable('agents')
    .set({ name: agent.name, is_active: agent.isActive })
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', agent.id)
    .execute()
  return { ...agent, isNew: false }
}

function findAgent(tx: TenantTx, id: string) {
  return tx
    .selectFrom('agents')
    .select(['name', 'is_active'])
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** A host's table may demand the user whose agent it is: then it is the owner's, who stands for the organization. */
async function insertAgent(tx: TenantTx, { id, name, isActive }: Agent): Promise<boolean> {
  const inserted = await sql`
    INSERT INTO agents (id, organization_id, name, is_active, user_id)
    VALUES (${id}, ${tx.organizationId}, ${name}, ${isActive}, (
      SELECT id FROM users
      WHERE organization_id = ${tx.organizationId}
        AND (SELECT attnotnull FROM pg_attribute WHERE attrelid = 'agents'::regclass AND attname = 'user_id')
      ORDER BY organization_role = 'owner' DESC, id LIMIT 1
    ))
    ON CONFLICT (id) DO NOTHING`.execute(tx)
  return inserted.numAffectedRows === 1n
}
