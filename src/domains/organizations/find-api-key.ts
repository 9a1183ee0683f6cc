import type pg from 'pg'
import { hashApiKey, isApiKey } from './api-key.ts'
import type { Scope } from './scope.ts'
import { isScope } from './scope.ts'

/** Who an API key speaks for, and what it may do. */
export type ApiKeyIdentity = {
  readonly apiKeyId: string
  readonly organizationId: string
  readonly scopes: readonly Scope[]
}

/**
 * The identity of a key that is in force at this moment, or undefined. Asked of the database each time, so that a
 * revoked key is refused with the very next request; runs as the login itself, before any tenant is known.
 */
export async function findApiKey(pool: pg.Pool, key: string): Promise<ApiKeyIdentity | undefined> {
  if (!isApiKey(key)) return undefined
  const { rows } = await pool.query<{ api_key_id: string; organization_id: string; scopes: string[] }>(
    'SELECT api_key_id, organization_id, scopes FROM find_api_key($1)',
    [hashApiKey(key)],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return { apiKeyId: row.api_key_id, organizationId: row.organization_id, scopes: row.scopes.filter(isScope) }
}
