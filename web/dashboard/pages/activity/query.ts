import { infiniteQueryOptions } from '@tanstack/react-query'
import type { operations } from '../../../../client/index.ts'
import { answer, api } from '../../api.ts'

export type Activity =
  operations['listActivity']['responses'][200]['content']['application/json']['data'][number]

/** What stands in the address of the list. */
export type ActivitySearch = { action_type?: string | undefined }

export const activitySearchOf = ({ action_type }: Record<string, unknown>): ActivitySearch => ({
  action_type: typeof action_type === 'string' && action_type !== '' ? action_type : undefined,
})

export const activityQuery = (organizationId: string, { action_type }: ActivitySearch) =>
  infiniteQueryOptions({
    queryKey: ['activity', organizationId, action_type],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/organizations/{organizationId}/activity', {
          params: {
            path: { organizationId },
            query: { ...(action_type && { action_type }), ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next_cursor,
  })
