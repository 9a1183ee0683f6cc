import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/**
 * Brings what is shown up to date as it changes on the server. Whenever the stream opens, everything is read anew, since
 * nobody tells what changed before; where it breaks it is opened again, ever more patiently.
 */
export function useLiveUpdates(organizationId: string | undefined): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (organizationId === undefined) return
    const refresh = (...keys: string[]) => {
      for (const key of keys) void queries.invalidateQueries({ queryKey: [key] })
    }
    let stream: EventSource
    let waiting: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let isFirst = true
    const open = () => {
      stream = new EventSource(`/v1/organizations/${organizationId}/stream`)
      stream.addEventListener('open', () => {
        if (!isFirst) refresh('metrics', 'notifications')
        // What was refused before is open now: the page is to show it too.
        if (failures > 0) refresh('session')
        isFirst = false
        failures = 0
      })
      stream.addEventListener('metrics', () => refresh('metrics'))
      stream.addEventListener('notifications', () => refresh('notifications'))
      stream.addEventListener('error', () => {
        // The browser itself comes back after a lost connection, and never after an answer that refuses.
        if (stream.readyState !== EventSource.CLOSED) return
        // A session that ended elsewhere is refused too: then the shell asks to sign in.
        refresh('session')
        waiting = setTimeout(open, Math.min(3_000 * 2 ** failures, MOST_PATIENCE_MS))
        failures += 1
      })
    }
    open()
    return () => {
      clearTimeout(waiting)
      stream.close()
    }
  }, [organizationId, queries])
}

const MOST_PATIENCE_MS = 60_000
