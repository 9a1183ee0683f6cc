import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { operations } from '../../../../client/index.ts'
import { answer, api } from '../../api.ts'

export type ConversationRow =
  operations['listConversations']['responses'][200]['content']['application/json']['data'][number]
export type Conversation = operations['getConversation']['responses'][200]['content']['application/json']

/** What stands in the address of the list. */
export type ConversationsSearch = { agent_id?: string | undefined; status?: string | undefined }

export function conversationsSearchOf({ agent_id, status }: Record<string, unknown>): ConversationsSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return { agent_id: text(agent_id), status: text(status) }
}

/** With whom an agent talked. */
export const partnerIn = ({ user_name, end_user_id }: ConversationRow) =>
  user_name ?? end_user_id ?? 'somebody'

/** What a conversation is called. */
export const titleOf = (conversation: ConversationRow) =>
  conversation.title ?? `Conversation with ${partnerIn(conversation)}`

export const conversationsQuery = (organizationId: string, search: ConversationsSearch) =>
  infiniteQueryOptions({
    queryKey: ['conversations', organizationId, search],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/organizations/{organizationId}/conversations', {
          params: {
            path: { organizationId },
            query: {
              ...(search.agent_id && { agent_id: search.agent_id }),
              ...(search.status && { status: search.status }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next_cursor,
  })

export const conversationQuery = (organizationId: string, conversationId: string) =>
  queryOptions({
    queryKey: ['conversations', organizationId, 'one', conversationId],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/conversations/{conversationId}', {
          params: { path: { organizationId, conversationId } },
        }),
      ),
  })

export const messagesQuery = (organizationId: string, conversationId: string) =>
  infiniteQueryOptions({
    queryKey: ['conversations', organizationId, 'messages', conversationId],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/organizations/{organizationId}/conversations/{conversationId}/messages', {
          params: {
            path: { organizationId, conversationId },
            query: pageParam === null ? {} : { cursor: pageParam },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next_cursor,
  })
