import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Problem } from '../../client/index.ts'
import { isSignedOut } from './api.ts'
import { sessionQuery } from './session.ts'

/** A refusal stays a refusal; only what may pass is tried again. */
const mayPass = (error: unknown) => !(error instanceof Problem) || error.status >= 500

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && mayPass(error),
      staleTime: 15_000,
      refetchOnWindowFocus: true,
    },
  },
})

/** The session ended elsewhere: the shell notices that nobody is signed in and asks to sign in again. */
function noticeEnd(error: unknown): void {
  if (isSignedOut(error) && queries.getQueryData(sessionQuery.queryKey)) {
    queries.setQueryData(sessionQuery.queryKey, null)
  }
}
