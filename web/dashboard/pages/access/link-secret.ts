import { useState } from 'react'

/**
 * The secret of a link that was mailed. It stands in the fragment, which reaches no server, and is taken out of the
 * address at once, so that neither history nor a screenshot keeps it.
 */
export function useLinkSecret(): string {
  const [secret] = useState(() => location.hash.slice(1))
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  return secret
}
