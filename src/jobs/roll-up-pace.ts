import type { DirtyDay } from '../domains/analytics/index.ts'

/** At most a fifth of one processor goes into days that were rolled up just before. */
const REST_FOR_WORK = 4
const MOST_REST_MS = 10_000

/**
 * Says which dirty days are due. A day that was never rolled up is due at once; one that is written to all the time
 * rests after each roll-up, four times as long as the latest roll-ups of all such days took together. So figures follow
 * within a moment where little happens, and where much does the roll-ups leave the database to the events.
 */
export class RollUpPace {
  readonly #clock: () => number
  readonly #done = new Map<string, { endedAt: number; tookMs: number }>()

  constructor(clock = () => performance.now()) {
    this.#clock = clock
  }

  /** Does the roll-up and remembers what it cost. */
  async measure<T>(day: DirtyDay, rollUp: () => Promise<T>): Promise<T> {
    const began = this.#clock()
    try {
      return await rollUp()
    } finally {
      const endedAt = this.#clock()
      this.#done.set(keyOf(day), { endedAt, tookMs: endedAt - began })
    }
  }

  due(days: readonly DirtyDay[]): readonly DirtyDay[] {
    const now = this.#clock()
    let workMs = 0
    for (const [key, { endedAt, tookMs }] of this.#done) {
      if (now - endedAt > MOST_REST_MS) this.#done.delete(key)
      else workMs += tookMs
    }
    const restMs = Math.min(REST_FOR_WORK * workMs, MOST_REST_MS)
    return days.filter(
      day => now - (this.#done.get(keyOf(day))?.endedAt ?? Number.NEGATIVE_INFINITY) >= restMs,
    )
  }
}

const keyOf = ({ organizationId, date }: DirtyDay) => `${organizationId}/${date}`
