import { inTenant } from '../database/transaction.ts'
import { recordSessionUse, type SessionIdentity } from '../domains/identity/index.ts'
import { recordUserActivity } from '../domains/organizations/index.ts'
import type { Context } from './context.ts'

/**
 * Keeps sessions.last_seen_at and users.last_active_at true to five minutes, at the cost of at most one write each per
 * session in that time. It runs beside the request: a write that fails is logged, and the request is answered all the same.
 */
export class SessionUses {
  readonly #context: Pick<Context, 'pool' | 'log' | 'now'>
  readonly #recordedAt = new Map<string, number>()
  readonly #running = new Set<Promise<void>>()

  constructor(context: Pick<Context, 'pool' | 'log' | 'now'>) {
    this.#context = context
  }

  record({ sessionId, userId, organizationId }: SessionIdentity): void {
    const { pool, log, now } = this.#context
    const usedAt = now()
    const last = this.#recordedAt.get(sessionId)
    if (last !== undefined && usedAt.getTime() - last < FIVE_MINUTES) return
    if (this.#recordedAt.size >= MOST_KEPT) this.#recordedAt.clear()
    this.#recordedAt.set(sessionId, usedAt.getTime())
    const record = async () => {
      await inTenant(pool, organizationId, tx => recordSessionUse(tx, { sessionId, usedAt }))
      // By itself: users may be a host's table whose triggers refuse us, and the session must not end for that.
      await inTenant(pool, organizationId, tx => recordUserActivity(tx, { userId, activeAt: usedAt }))
    }
    const running = record()
      .catch(error => log.warn({ err: error, sessionId }, 'the last use of a session was not recorded'))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Resolves when no write is under way: only then may the pool be closed. */
  async settled(): Promise<void> {
    await Promise.all(this.#running)
  }
}

const FIVE_MINUTES = 5 * 60_000
const MOST_KEPT = 50_000
