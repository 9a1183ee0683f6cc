import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso } from './calendar.ts'
import type { Conversation } from './conversation.ts'

/** Open for an hour after the last word, then closed, after two months put away. */
export function conversationRow(
  organizationId: string,
  conversation: Conversation,
  now: number,
): SampleRow<'conversations'> {
  const { id, agent, member, endUserId, startedAt, lines } = conversation
  const lastAt = lines.at(-1)?.at ?? startedAt
  const isOpen = now - lastAt < HOUR
  return {
    id,
    organization_id: organizationId,
    agent_id: agent.id,
    user_id: member?.id ?? null,
    end_user_id: endUserId,
    title: lines[0]?.text.slice(0, 255) ?? null,
    status: isOpen ? 'active' : now - lastAt > 60 * DAY ? 'archived' : 'closed',
    started_at: iso(startedAt),
    ended_at: isOpen ? null : iso(lastAt),
    created_at: iso(startedAt),
    updated_at: iso(lastAt),
  }
}

export function messageRows(organizationId: string, { id, lines }: Conversation): SampleRow<'messages'>[] {
  return lines.map(line => ({
    id: line.id,
    organization_id: organizationId,
    conversation_id: id,
    role: line.role,
    content: line.text,
    tokens: line.tokens,
    response_time_ms: line.responseMs,
    created_at: iso(line.at),
  }))
}
