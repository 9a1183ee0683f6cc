import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { operations } from '../../../../client/index.ts'
import { type PeriodSearch, periodOf } from '../../../ui/period.ts'
import { answer, api } from '../../api.ts'
import { queryOf } from '../overview/query.ts'

export type Event = operations['listEvents']['responses'][200]['content']['application/json']['data'][number]

export const FILTERS = ['type', 'agent_id', 'user_id', 'end_user_id', 'conversation_id', 'property'] as const
export type Filter = (typeof FILTERS)[number]

/** What stands in the address of the explorer. */
export type EventsSearch = PeriodSearch & { [filter in Filter]?: string | undefined }

export function eventsSearchOf(search: Record<string, unknown>): EventsSearch {
  const filters = FILTERS.map(filter => {
    const value = search[filter]
    return [filter, value === undefined || value === '' ? undefined : String(value)]
  })
  return { ...periodOf(search), ...Object.fromEntries(filters) }
}

/** The filters as the server takes them, for the list and for the export alike. */
export function filtersOf({ from, to, property, ...filters }: EventsSearch) {
  const set = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
  return { ...queryOf({ from, to }), ...set, ...(property === undefined ? {} : { property: [property] }) }
}

export const eventsQuery = (organizationId: string, search: EventsSearch) =>
  infiniteQueryOptions({
    queryKey: ['events', organizationId, search],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/organizations/{organizationId}/events', {
          params: {
            path: { organizationId },
            query: { ...filtersOf(search), ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next_cursor,
    placeholderData: keepPreviousData,
  })

export const eventTypesQuery = (organizationId: string, period: PeriodSearch) =>
  queryOptions({
    queryKey: ['event-types', organizationId, period],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/events/types', {
          params: { path: { organizationId }, query: queryOf(period) },
        }),
      ),
  })
