import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { operations } from '../../../../client/index.ts'
import { type Period, type PeriodSearch, periodOf } from '../../../ui/period.ts'
import { answer, api } from '../../api.ts'
import { queryOf } from '../overview/query.ts'

export type AgentPage = operations['listAgents']['responses'][200]['content']['application/json']
export type AgentRow = AgentPage['data'][number]
export type AgentReport = operations['getAgent']['responses'][200]['content']['application/json']

/** What the table can be sorted by, as it is headed. */
export const COLUMNS = [
  { sort: 'messages', label: 'Messages' },
  { sort: 'conversations', label: 'Conversations' },
  { sort: 'tokens', label: 'Tokens' },
  { sort: 'errors', label: 'Errors' },
  { sort: 'p50_response_time', label: 'p50' },
  { sort: 'p95_response_time', label: 'p95' },
  { sort: 'satisfaction', label: 'Satisfaction' },
] as const
export type Sort = (typeof COLUMNS)[number]['sort'] | 'name'

/** Names begin with the first letter, figures with the largest. */
export const sortedBy = (sort: Sort) => ({
  sort,
  order: sort === 'name' ? ('asc' as const) : ('desc' as const),
})

/** What stands in the address of the table. */
export type AgentsSearch = PeriodSearch & {
  sort?: Sort | undefined
  order?: 'asc' | 'desc' | undefined
  search?: string | undefined
  status?: 'active' | 'inactive' | undefined
}

export function agentsSearchOf(search: Record<string, unknown>): AgentsSearch {
  const sorts: readonly unknown[] = ['name', ...COLUMNS.map(({ sort }) => sort)]
  return {
    ...periodOf(search),
    sort: sorts.includes(search.sort) ? (search.sort as Sort) : undefined,
    order: search.order === 'asc' || search.order === 'desc' ? search.order : undefined,
    search: typeof search.search === 'string' ? search.search.trim() || undefined : undefined,
    status: search.status === 'active' || search.status === 'inactive' ? search.status : undefined,
  }
}

export const agentsQuery = (
  organizationId: string,
  { sort, order, search, status, ...period }: AgentsSearch,
) =>
  infiniteQueryOptions({
    queryKey: ['metrics', organizationId, 'agents', period, sort, order, search, status],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/organizations/{organizationId}/agents', {
          params: {
            path: { organizationId },
            query: {
              ...queryOf(period),
              ...(sort && { sort }),
              ...(order && { order }),
              ...(search && { search }),
              ...(status && { status }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next_cursor,
    placeholderData: keepPreviousData,
  })

export const agentQuery = (organizationId: string, agentId: string, period: PeriodSearch) =>
  queryOptions({
    queryKey: ['metrics', organizationId, 'agent', agentId, period],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/agents/{agentId}', {
          params: { path: { organizationId, agentId }, query: queryOf(period) },
        }),
      ),
    // Of another period, never of another agent.
    placeholderData: (previous: AgentReport | undefined) => (previous?.id === agentId ? previous : undefined),
  })

/** Agents whose name has this in it, to choose one of. Told apart from their figures, which change all the time. */
export const agentChoicesQuery = (organizationId: string, { search, ...day }: Period & { search: string }) =>
  queryOptions({
    queryKey: ['agents', organizationId, 'choices', search],
    queryFn: () =>
      answer(
        api.GET('/v1/organizations/{organizationId}/agents', {
          params: {
            path: { organizationId },
            query: { ...day, sort: 'name', order: 'asc', limit: '100', ...(search && { search }) },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  })

/** What an agent is called. */
export const agentNameQuery = (organizationId: string, agentId: string, day: Period) =>
  queryOptions({
    queryKey: ['agents', organizationId, 'name', agentId],
    queryFn: async () => {
      const path = { organizationId, agentId }
      const address = '/v1/organizations/{organizationId}/agents/{agentId}'
      return (await answer(api.GET(address, { params: { path, query: day } }))).name
    },
  })
