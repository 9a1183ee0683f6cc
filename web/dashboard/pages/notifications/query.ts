import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api.ts'

export const notificationsQuery = (organizationId: string, { unreadOnly }: { unreadOnly: boolean }) =>
  infiniteQueryOptions({
    queryKey: ['notifications', organizationId, unreadOnly],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/organizations/{organizationId}/notifications', {
          params: {
            path: { organizationId },
            query: {
              ...(pageParam === null ? {} : { cursor: pageParam }),
              ...(unreadOnly ? { unread: 'true' as const } : {}),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next_cursor,
  })
