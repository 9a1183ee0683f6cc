import { type QueryClient, queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { answer, api, isSignedOut, type Session } from './api.ts'

/** The session, or null where nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await answer(api.GET('/v1/session'))
    } catch (error) {
      if (isSignedOut(error)) return null
      throw error
    }
  },
  staleTime: 60_000,
  // Whoever comes back from the mail program has verified their address, and waits for nothing else.
  refetchOnWindowFocus: 'always',
})

/** On pages behind the shell, which opens for nobody else. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery)
  if (data === null) throw new Error('nobody is signed in')
  return data
}

export function usePermission(permission: string): boolean {
  return useSession().permissions.includes(permission)
}

/** What somebody else had seen here is forgotten with them. */
export function beginSession(queries: QueryClient, session: Session | null): void {
  queries.clear()
  queries.setQueryData(sessionQuery.queryKey, session)
}

export function useBeginSession() {
  const queries = useQueryClient()
  return (session: Session | null) => beginSession(queries, session)
}
