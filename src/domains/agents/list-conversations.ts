import type { TenantTx } from '../../database/transaction.ts'
import { type Conversation, conversationFields } from './conversation.ts'
import { type Page, type Position, pageOf, positionOf } from './page.ts'
import { type Columns, readColumns } from './read-columns.ts'

export type ConversationQuery = {
  readonly agentId?: string | undefined
  readonly status?: string | undefined
  readonly limit: number
  readonly after?: Position | undefined
}

/** A page of the organization's conversations, newest first, behind the last one seen. */
export async function listConversations(tx: TenantTx, input: ConversationQuery): Promise<Page<Conversation>> {
  const columns = await readColumns(tx, 'conversations')
  const { text, values } = conversationsQuery(columns, { ...input, organizationId: tx.organizationId })
  const { rows } = await tx.client.query<Conversation & Position>(text, values)
  return pageOf(rows, input.limit)
}

/** The statement of a page: an organization's conversations of one status are found by the index on both. */
export function conversationsQuery(columns: Columns, input: ConversationQuery & { organizationId: string }) {
  const { organizationId, agentId, status, limit, after } = input
  const values: unknown[] = [organizationId]
  const value = (given: unknown) => `$${values.push(given)}`
  const position = positionOf(columns, 'c', ['created_at', 'started_at'])
  const conditions = ['c.organization_id = $1']
  if (agentId !== undefined)
    conditions.push(columns.get('agent_id') === 'uuid' ? `c.agent_id = ${value(agentId)}` : 'false')
  if (status !== undefined)
    conditions.push(`c.status${columns.get('status') === 'enum' ? '::text' : ''} = ${value(status)}`)
  if (after !== undefined) conditions.push(position.behind(after, value))
  const text = `
    SELECT ${position.fields}, ${conversationFields(columns)}
    FROM conversations AS c WHERE ${conditions.join(' AND ')} ORDER BY ${position.order} LIMIT ${limit + 1}`
  return { text, values }
}
