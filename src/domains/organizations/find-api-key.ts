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
 * revoked key is refused with the very next request. Requests that wait at the same time share a statement: it begins
 * after all of them have come, never before.
 */
export async function findApiKey(pool: pg.Pool, key: string): Promise<ApiKeyIdentity | undefined> {
  if (!isApiKey(key)) return undefined
  const lookups = LOOKUPS.get(pool) ?? new Lookups(pool)
  LOOKUPS.set(pool, lookups)
  return lookups.find(hashApiKey(key))
}

const LOOKUPS = new WeakMap<pg.Pool, Lookups>()

type Found = ReadonlyMap<string, ApiKeyIdentity>

/** One statement at a time; whoever comes while it runs shares the next one. */
class Lookups {
  readonly #pool: pg.Pool
  #hashes: string[] = []
  #running: Promise<unknown> = Promise.resolve()
  #next: Promise<Found> | undefined

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async find(hash: string): Promise<ApiKeyIdentity | undefined> {
    this.#hashes.push(hash)
    this.#next ??= this.#begin()
    return (await this.#next).get(hash)
  }

  async #begin(): Promise<Found> {
    // The requests that have arrived together are read first.
    await Promise.all([this.#running.catch(() => {}), new Promise(setImmediate)])
    const found = findHashes(this.#pool, this.#hashes)
    this.#running = found
    this.#hashes = []
    this.#next = undefined
    return found
  }
}

/** Runs as the login itself, before any organization is known. */
async function findHashes(pool: pg.Pool, hashes: readonly string[]): Promise<Found> {
  const { rows } = await pool.query<{
    hash: string
    api_key_id: string
    organization_id: string
    scopes: string[]
  }>({
    name: 'organizations find api keys',
    text: 'SELECT hash, api_key_id, organization_id, scopes FROM unnest($1::text[]) AS hash, find_api_key(hash)',
    values: [[...new Set(hashes)]],
  })
  return new Map(
    rows.map(row => [
      row.hash,
      { apiKeyId: row.api_key_id, organizationId: row.organization_id, scopes: row.scopes.filter(isScope) },
    ]),
  )
}
