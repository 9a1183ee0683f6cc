import type pg from 'pg'
import { type LIMITS, PLAN_LIMITS } from './phase-one-tables.ts'

export type Limit = keyof typeof LIMITS

/** An organization whose limits are still to be filled, with what it has of each thing that is limited. */
export interface OrganizationUse {
  id: string
  /** In small letters, as a host may spell it in its own way. */
  plan: string
  use: Record<Limit, number>
}

/**
 * Locks the next organizations whose plan gives limits and that have none yet, and counts what they use: members,
 * active agents, and the messages of the last 30 days. Storage is not measured in Phase 1. Must run as our owner.
 */
export async function readUse(client: pg.ClientBase, limits: readonly Limit[]): Promise<OrganizationUse[]> {
  const { rows } = await client.query<OrganizationUse>(
    `WITH batch AS MATERIALIZED (
       SELECT id, lower(plan::text) AS plan FROM organizations
       WHERE ${limits.map(limit => `${limit} IS NULL`).join(' AND ')} AND lower(plan::text) = ANY ($1)
       ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE
     )
     SELECT id, plan, jsonb_build_object(
       'max_users', (SELECT count(*) FROM users WHERE organization_id = batch.id),
       'max_agents', (SELECT count(*) FROM agents WHERE organization_id = batch.id AND is_active),
       'max_messages', (SELECT count(*) FROM messages
                        WHERE organization_id = batch.id AND created_at > now() - interval '30 days'),
       'max_storage', 0) AS use
     FROM batch`,
    [Object.keys(PLAN_LIMITS)],
  )
  return rows
}

const BATCH = 200
