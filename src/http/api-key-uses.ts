import { inTenant } from '../database/transaction.ts'
import { type ApiKeyIdentity, recordApiKeyUse } from '../domains/organizations/index.ts'
import type { Context } from './context.ts'

/**
 * Keeps api_keys.last_used_at true to a minute at the cost of at most one write per key and minute.
 * It runs beside the request: a write that fails is logged, and the request is answered all the same.
 */
export class ApiKeyUses {
  readonly #context: Pick<Context, 'pool' | 'log' | 'now'>
  readonly #recordedAt = new Map<string, number>()
  readonly #running = new Set<Promise<void>>()

  constructor(context: Pick<Context, 'pool' | 'log' | 'now'>) {
    this.#context = context
  }

  record({ apiKeyId, organizationId }: ApiKeyIdentity): void {
    const { pool, log, now } = this.#context
    const usedAt = now()
    const last = this.#recordedAt.get(apiKeyId)
    if (last !== undefined && usedAt.getTime() - last < MINUTE) return
    if (this.#recordedAt.size >= MOST_KEPT) this.#recordedAt.clear()
    this.#recordedAt.set(apiKeyId, usedAt.getTime())
    const running = inTenant(pool, organizationId, tx => recordApiKeyUse(tx, { apiKeyId, usedAt }))
      .catch(error => log.warn({ err: error, apiKeyId }, 'the last use of an API key was not recorded'))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Resolves when no write is under way: only then may the pool be closed. */
  async settled(): Promise<void> {
    await Promise.all(this.#running)
  }
}

const MINUTE = 60_000
const MOST_KEPT = 50_000
