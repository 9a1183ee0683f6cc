import { setTimeout as pause } from 'node:timers/promises'

/** What {@link drain} needs of a server. */
type Closing = { close(): Promise<unknown>; readonly server: { closeAllConnections(): void } }

/**
 * Closes the server when every accepted request is answered, or cuts off those that take longer than `withinMs`: a
 * stop is never held up by one slow client. What was cut off had no answer, so its sender sends it again.
 */
export async function drain(app: Closing, withinMs: number): Promise<void> {
  const waited = new AbortController()
  const closed = app.close().finally(() => waited.abort())
  await Promise.race([closed, pause(withinMs, undefined, { signal: waited.signal }).catch(() => {})])
  app.server.closeAllConnections()
  await closed
}
