import type { DirtyDay, RollUp } from '../domains/analytics/index.ts'

/** At most a fifth of one processor goes into days that were rolled up just before. */
const REST_FOR_WORK = 4
/** Figures of markers cost little, however full the day is, and are to be seen within two seconds. */
const MOST_REST_MS: Readonly<Record<RollUp, number>> = { added: 1_000, recomputed: 10_000, sealed: 1_000 }

/**
 * Says which dirty days are due. A day that was never rolled up is due at once; one that is written to all the time
 * rests after each roll-up, four times as long as the latest roll-ups of all such days took together, and not longer than
 * what its own was allows. So figures follow within a moment where little happens, and where much does the roll-ups
 * leave the database to the events.
 */
export class RollUpPace {
  readonly #clock: () => number
  readonly #done = new Map<string, { endedAt: number; tookMs: number; mostRestMs: number }>()

  constructor(clock = () => performance.now()) {
    this.#clock = clock
  }

  /** Does the roll-up and remembers what it cost. */
  async measure(day: DirtyDay, rollUp: () => Promise<RollUp>): Promise<RollUp> {
    const began = this.#clock()
    let mostRestMs = MOST_REST_MS.recomputed
    try {
      const rolledUp = await rollUp()
      mostRestMs = MOST_REST_MS[rolledUp]
      return rolledUp
    } finally {
      const endedAt = this.#clock()
      this.#done.set(keyOf(day), { endedAt, tookMs: endedAt - began, mostRestMs })
    }
  }

  due(days: readonly DirtyDay[]): readonly DirtyDay[] {
    const now = this.#clock()
    let workMs = 0
    for (const [key, { endedAt, tookMs, mostRestMs }] of this.#done) {
      if (now - endedAt > mostRestMs) this.#done.delete(key)
      else workMs += tookMs
    }
    return days.filter(day => {
      const done = this.#done.get(keyOf(day))
      return done === undefined || now - done.endedAt >= Math.min(REST_FOR_WORK * workMs, done.mostRestMs)
    })
  }
}

const keyOf = ({ organizationId, date }: DirtyDay) => `${organizationId}/${date}`
