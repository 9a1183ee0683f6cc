import { AppError } from './errors.ts'

/**
 * Does at most `atOnce` pieces of work at a time and lets at most `waiting` wait, first come first served: what one
 * piece costs in memory is bounded whatever arrives at once. Beyond that a piece is refused before it begins.
 */
export class BoundedWork {
  readonly #atOnce: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []
  #running = 0
  #begun = 0

  constructor(options: { atOnce: number; waiting: number }) {
    this.#atOnce = options.atOnce
    this.#mostWaiting = options.waiting
  }

  /** How many pieces have begun so far. */
  get begun(): number {
    return this.#begun
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) {
      if (this.#waiting.length >= this.#mostWaiting) throw serverBusy()
      await new Promise<void>(resolve => this.#waiting.push(resolve))
    } else this.#running += 1
    this.#begun += 1
    try {
      return await work()
    } finally {
      // The place goes to whoever waits longest, so nobody who comes meanwhile is faster.
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}

const serverBusy = () =>
  new AppError(
    'server.busy',
    'unavailable',
    'Too many people sign in at this moment. Nothing was changed; try again in a few seconds.',
    { retry_after_seconds: 3 },
  )
