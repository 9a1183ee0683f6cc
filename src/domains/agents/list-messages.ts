import type { TenantTx } from '../../database/transaction.ts'
import { conversationNotFound } from './errors.ts'
import { type Page, type Position, pageOf, positionOf } from './page.ts'
import { type Columns, columnOf, instantOf, numberOf, readColumns } from './read-columns.ts'

/** A message; null is what its table does not say, where a host product brought it. */
export type Message = {
  readonly id: string | null
  readonly conversation_id: string | null
  readonly role: string | null
  readonly content: string | null
  readonly tokens: number | null
  readonly response_time_ms: number | null
  readonly created_at: Date
}

export type MessageQuery = {
  /** All of the organization where it is left out. */
  readonly conversationId?: string | undefined
  readonly limit: number
  readonly after?: Position | undefined
}

/** A page of messages, newest first, behind the last one seen; of one conversation, or the recent ones of all. */
export async function listMessages(tx: TenantTx, input: MessageQuery): Promise<Page<Message>> {
  if (input.conversationId !== undefined) await requireConversation(tx, input.conversationId)
  const columns = await readColumns(tx, 'messages')
  const { text, values } = messagesQuery(columns, { ...input, organizationId: tx.organizationId })
  const { rows } = await tx.client.query<Message & Position>(text, values)
  return pageOf(rows, input.limit)
}

/** The statement of a page: the recent ones of an organization are found by the index on both. */
export function messagesQuery(columns: Columns, input: MessageQuery & { organizationId: string }) {
  const { organizationId, conversationId, limit, after } = input
  const values: unknown[] = [organizationId]
  const value = (given: unknown) => `$${values.push(given)}`
  const position = positionOf(columns, 'm', ['created_at'])
  const conditions = ['m.organization_id = $1']
  if (conversationId !== undefined)
    conditions.push(
      columns.get('conversation_id') === 'uuid' ? `m.conversation_id = ${value(conversationId)}` : 'false',
    )
  if (after !== undefined) conditions.push(position.behind(after, value))
  const text = `
    SELECT ${position.fields}, ${columnOf(columns, 'm', 'conversation_id', 'uuid')} AS conversation_id,
      ${columnOf(columns, 'm', 'role', 'text')} AS role, ${columns.has('content') ? 'm.content::text' : 'NULL::text'} AS content,
      ${numberOf(columns, 'm', 'tokens')} AS tokens, ${numberOf(columns, 'm', 'response_time_ms')} AS response_time_ms,
      ${instantOf(columns, 'm', 'created_at')} AS created_at
    FROM messages AS m WHERE ${conditions.join(' AND ')} ORDER BY ${position.order} LIMIT ${limit + 1}`
  return { text, values }
}

async function requireConversation(tx: TenantTx, id: string): Promise<void> {
  const found = await tx
    .selectFrom('conversations')
    .select('id')
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw conversationNotFound(id)
}
