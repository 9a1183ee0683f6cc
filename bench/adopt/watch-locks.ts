import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** A lock that stops a host's writers, or its readers too: at most so long, from the look before it to the one after. */
export interface StrongLock {
  table: string
  mode: string
  heldMs: number
}

/** Looks every few milliseconds which strong locks the migration holds on the host's tables. */
export class LockWatch {
  readonly #since = new Map<string, number>()
  readonly #ended: StrongLock[] = []
  #running = true
  #longestGapMs = 0
  readonly #done: Promise<void>

  constructor(adminUrl: string) {
    this.#done = this.#run(adminUrl)
  }

  /** The locks that were seen, longest first, and the longest time between two looks. */
  async stop(): Promise<{ locks: StrongLock[]; longestGapMs: number }> {
    this.#running = false
    await this.#done
    return { locks: this.#ended.sort((a, b) => b.heldMs - a.heldMs), longestGapMs: this.#longestGapMs }
  }

  async #run(adminUrl: string): Promise<void> {
    const client = new pg.Client({ connectionString: adminUrl, application_name: 'bench locks' })
    await client.connect()
    let before = performance.now()
    while (this.#running) {
      const { rows } = await client.query<{ key: string }>(QUERY)
      const now = performance.now()
      this.#longestGapMs = Math.max(this.#longestGapMs, now - before)
      const held = new Set(rows.map(({ key }) => key))
      for (const [key, since] of this.#since) if (!held.has(key)) this.#end(key, now - since)
      for (const key of held) if (!this.#since.has(key)) this.#since.set(key, before)
      before = now
      await pause(2)
    }
    await client.end()
  }

  #end(key: string, heldMs: number): void {
    const [table = '', mode = ''] = key.split(' ')
    this.#ended.push({ table, mode, heldMs })
    this.#since.delete(key)
  }
}

const QUERY = `
  SELECT DISTINCT l.relation::regclass || ' ' || l.mode AS key
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'relation' AND l.granted AND a.application_name LIKE 'tenantry migrate%'
    AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
    AND l.relation IN (SELECT oid FROM pg_class
      WHERE relname IN ('organizations', 'users', 'agents', 'conversations', 'messages') AND relnamespace = 'public'::regnamespace)`
