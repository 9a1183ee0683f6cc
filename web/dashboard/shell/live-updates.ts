import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/**
 * Brings what is shown up to date as it changes on the server. Where the stream breaks the browser opens it again by
 * itself; until then pages are as fresh as their last request.
 */
export function useLiveUpdates(organizationId: string | undefined): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (organizationId === undefined) return
    const stream = new EventSource(`/v1/organizations/${organizationId}/stream`)
    const refresh = (key: string) => () => void queries.invalidateQueries({ queryKey: [key] })
    stream.addEventListener('metrics', refresh('metrics'))
    stream.addEventListener('notifications', refresh('notifications'))
    return () => stream.close()
  }, [organizationId, queries])
}
