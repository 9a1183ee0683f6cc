const MOST_KEPT = 100_000
const KEPT_MILLISECONDS = 30_000

/**
 * Ids that were found lately, each with the organization it was found in; forgotten after a minute at most.
 * Two generations: the older one goes when the younger one is full or half a minute old.
 */
export class RecentIds {
  #younger = new Map<string, string>()
  #older = new Map<string, string>()
  #since = 0

  has(id: string, organizationId: string): boolean {
    return (this.#younger.get(id) ?? this.#older.get(id)) === organizationId
  }

  add(id: string, organizationId: string): void {
    this.#younger.set(id, organizationId)
  }

  /** To be called before a look-up, so that nothing is believed for too long. */
  forgetBefore(now: Date): void {
    const age = now.getTime() - this.#since
    if (age >= 0 && age < KEPT_MILLISECONDS && this.#younger.size < MOST_KEPT) return
    this.#older = age < 2 * KEPT_MILLISECONDS ? this.#younger : new Map()
    this.#younger = new Map()
    this.#since = now.getTime()
  }
}
