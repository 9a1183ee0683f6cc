/**
 * At most `max` unproven attempts per address and window, counted before the key is looked up: guessing costs the
 * database a bounded number of look-ups. A key that proved good goes on working while its address is over budget,
 * so that nobody behind a shared address can lock out the others.
 */
export class FailedAuthentications {
  readonly #max: number
  readonly #windowMilliseconds: number
  readonly #counts = new Map<string, { count: number; until: number }>()
  readonly #proven = new Set<string>()

  constructor(options: { max: number; windowMilliseconds: number }) {
    this.#max = options.max
    this.#windowMilliseconds = options.windowMilliseconds
  }

  /** Takes one attempt from the budget; returns the seconds to wait where there is none left. */
  begin(address: string, key: string, now: number): number | undefined {
    if (this.#proven.has(key)) return undefined
    const entry = this.#counts.get(address)
    if (entry === undefined || entry.until <= now) {
      this.#makeRoom(now)
      this.#counts.delete(address)
      this.#counts.set(address, { count: 1, until: now + this.#windowMilliseconds })
      return undefined
    }
    if (entry.count >= this.#max) return Math.ceil((entry.until - now) / 1000)
    entry.count += 1
    return undefined
  }

  /** How many attempts the address has left, and after how many seconds it has all of them again. */
  left(address: string, now: number): { remaining: number; seconds: number } {
    const { count, until } = this.#counts.get(address) ?? { count: 0, until: now }
    return { remaining: this.#max - count, seconds: Math.max(0, Math.ceil((until - now) / 1000)) }
  }

  /** Gives the attempt back: the key is good. */
  succeed(address: string, key: string): void {
    this.withdraw(address, key)
    if (this.#proven.size >= MOST_KEPT) this.#proven.clear()
    this.#proven.add(key)
  }

  /** Gives the attempt back: whether the key is good was not found out. */
  withdraw(address: string, key: string): void {
    const entry = this.#counts.get(address)
    if (!this.#proven.has(key) && entry !== undefined && entry.count > 0) entry.count -= 1
  }

  /** The attempt stays counted, and the key proves nothing from now on. */
  fail(key: string): void {
    this.#proven.delete(key)
  }

  /** Entries stand in the order in which they expire; memory stays bounded whatever addresses are sent from. */
  #makeRoom(now: number): void {
    for (const [address, { until }] of this.#counts) {
      if (until > now && this.#counts.size < MOST_KEPT) break
      this.#counts.delete(address)
    }
  }
}

const MOST_KEPT = 50_000
