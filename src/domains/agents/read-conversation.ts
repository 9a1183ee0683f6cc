import type { TenantTx } from '../../database/transaction.ts'
import { type Conversation, conversationFields } from './conversation.ts'
import { conversationNotFound } from './errors.ts'
import { instantOf, readColumns } from './read-columns.ts'

/** One conversation of the organization, and when the last message that is kept of it was written. */
export async function readConversation(
  tx: TenantTx,
  id: string,
): Promise<Conversation & { readonly last_message_at: Date | null }> {
  const columns = await readColumns(tx, 'conversations')
  const messages = await readColumns(tx, 'messages')
  const lastMessage =
    messages.get('conversation_id') === 'uuid'
      ? `(SELECT max(${instantOf(messages, 'm', 'created_at')}) FROM messages AS m
          WHERE m.organization_id = c.organization_id AND m.conversation_id = c.id)`
      : 'NULL::timestamptz'
  const { rows } = await tx.client.query<Conversation & { last_message_at: Date | null }>(
    `SELECT c.id, ${conversationFields(columns)}, ${lastMessage} AS last_message_at
     FROM conversations AS c WHERE c.organization_id = $1 AND c.id = $2`,
    [tx.organizationId, id],
  )
  const [conversation] = rows
  if (conversation === undefined) throw conversationNotFound(id)
  return conversation
}
