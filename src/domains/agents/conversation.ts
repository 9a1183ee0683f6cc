import { type Columns, columnOf, instantOf } from './read-columns.ts'

/** A conversation; null is what its table does not say, where a host product brought it. */
export type Conversation = {
  readonly id: string
  readonly agent_id: string | null
  readonly agent_name: string | null
  readonly user_id: string | null
  readonly user_name: string | null
  readonly end_user_id: string | null
  readonly title: string | null
  readonly status: string
  readonly started_at: Date | null
  readonly ended_at: Date | null
}

/** The fields of a conversation, but its id, of the table `conversations AS c`. */
export function conversationFields(columns: Columns): string {
  const agentId = columnOf(columns, 'c', 'agent_id', 'uuid')
  const userId = columnOf(columns, 'c', 'user_id', 'uuid')
  const endUser = columns.has('end_user_id') ? 'c.end_user_id::text' : 'NULL::text'
  return `
    ${agentId} AS agent_id,
    (SELECT name FROM agents WHERE organization_id = c.organization_id AND id = ${agentId}) AS agent_name,
    ${userId} AS user_id,
    (SELECT coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email) FROM users
      WHERE organization_id = c.organization_id AND id = ${userId}) AS user_name,
    ${endUser} AS end_user_id, ${columnOf(columns, 'c', 'title', 'text')} AS title, c.status::text AS status,
    coalesce(${instantOf(columns, 'c', 'started_at')}, ${instantOf(columns, 'c', 'created_at')}) AS started_at,
    ${instantOf(columns, 'c', 'ended_at')} AS ended_at`
}
