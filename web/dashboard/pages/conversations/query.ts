import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api.ts'

/** What stands in the address of the list. */
export type ConversationsSearch = { agent_id?: string | undefined; status?: string | undefined }

export function conversationsSearchOf({ agent_id, status }: Record<string, unknown>): ConversationsSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return { agent_id: text(agent_id), status: text(status) }
}

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
