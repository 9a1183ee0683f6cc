import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../api.ts'

export const apiKeysQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['api-keys', organizationId],
    queryFn: async () => {
      const { data } = await answer(
        api.GET('/v1/organizations/{organizationId}/api-keys', { params: { path: { organizationId } } }),
      )
      // What works comes first, the newest before the older.
      const rank = (key: (typeof data)[number]) =>
        ['active', 'ending'].includes(stateOf(key, new Date())) ? 0 : 1
      return data.toSorted(
        (one, other) => rank(one) - rank(other) || other.created_at.localeCompare(one.created_at),
      )
    },
  })

export type ApiKey = {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly string[]
  readonly created_by: string | null
  readonly created_at: string
  readonly last_used_at: string | null
  readonly expires_at: string | null
  readonly revoked_at: string | null
}

/** Which of several with one name it is says the beginning of the key. */
export const nameOf = ({ name, prefix }: Pick<ApiKey, 'name' | 'prefix'>) => `${name} (${prefix}…)`

export type KeyState = 'active' | 'ending' | 'expired' | 'revoked'

export function stateOf(
  { revoked_at, expires_at }: Pick<ApiKey, 'revoked_at' | 'expires_at'>,
  now: Date,
): KeyState {
  if (revoked_at !== null) return 'revoked'
  if (expires_at === null) return 'active'
  return new Date(expires_at) > now ? 'ending' : 'expired'
}

/** What a key may do, in words. The list of the server decides; one that is not named here is shown as it is. */
export const SCOPES = [
  { value: 'events:write', label: 'Send events', hint: 'What your product does all day' },
  { value: 'metrics:read', label: 'Read figures', hint: 'Daily metrics of the organization and its agents' },
  { value: 'events:read', label: 'Read events', hint: 'Single events with what they hold' },
  { value: 'agents:write', label: 'Register agents', hint: 'Make, rename and activate agents' },
] as const

export const scopeInWords = (scope: string) => SCOPES.find(({ value }) => value === scope)?.label ?? scope

export type KeyScope = (typeof SCOPES)[number]['value']
