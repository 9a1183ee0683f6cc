import { sql } from 'kysely'
import { textArray, timestamptzArray, uuidArray } from '../../database/binary-array.ts'
import type { RoleTx } from '../../database/transaction.ts'

/** A conversation as an event tells of it. */
export type BegunConversation = {
  readonly id: string
  readonly organizationId: string
  readonly agentId: string | null
  readonly userId: string | null
  readonly endUserId: string | null
  /** Whole microseconds since 1970. */
  readonly createdAt: number
}

/** True where conversations are ours to begin; those that a host product brought are its own to write. */
export async function ownsConversations(tx: RoleTx): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`
    SELECT relowner = 'tenantry_owner'::regrole AS ours FROM pg_class WHERE oid = 'public.conversations'::regclass`.execute(
    tx,
  )
  return rows[0]?.ours ?? false
}

/**
 * Begins those conversations that are not there yet, of any organizations. An agent or a member who is gone is left out:
 * a conversation outlives both.
 */
export async function beginConversations(
  tx: RoleTx,
  conversations: readonly BegunConversation[],
): Promise<void> {
  await tx.client.query({
    name: 'agents begin conversations',
    text: INSERT,
    values: [
      uuidArray(conversations, ({ id }) => id),
      uuidArray(conversations, ({ organizationId }) => organizationId),
      uuidArray(conversations, ({ agentId }) => agentId),
      uuidArray(conversations, ({ userId }) => userId),
      textArray(conversations, ({ endUserId }) => endUserId),
      timestamptzArray(conversations, ({ createdAt }) => createdAt),
    ],
  })
}

/** In one order everywhere, so that two transactions with the same conversations never wait for each other in turn. */
const INSERT = `
  INSERT INTO conversations (id, organization_id, agent_id, user_id, end_user_id, started_at, created_at)
  SELECT begun.id, begun.organization_id,
    (SELECT id FROM agents WHERE organization_id = begun.organization_id AND id = begun.agent_id),
    (SELECT id FROM users WHERE organization_id = begun.organization_id AND id = begun.user_id),
    begun.end_user_id, begun.at, begun.at
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[])
    AS begun (id, organization_id, agent_id, user_id, end_user_id, at)
  ORDER BY begun.id, begun.at
  ON CONFLICT DO NOTHING`
