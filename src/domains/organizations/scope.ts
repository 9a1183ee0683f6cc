/** What an API key may do. A route names exactly one scope; a key may hold several. */
export const SCOPES = ['events:write', 'events:read', 'metrics:read', 'agents:write'] as const

export type Scope = (typeof SCOPES)[number]

/** True for a scope that this version knows; a key made by a newer version may hold others, which open nothing here. */
export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text)
}
