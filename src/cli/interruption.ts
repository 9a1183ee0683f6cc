import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Signal = (typeof SIGNALS)[number]

/** The user (or the system) asked the command to end before it was done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly exitCode: number

  constructor(signal: Signal) {
    super(`interrupted by ${signal} before it was done.`)
    this.exitCode = 128 + constants.signals[signal]
  }
}

/**
 * Turns the first Ctrl-C (or SIGTERM, SIGHUP) into an {@link Interrupted} thrown from `race`, so that what was opened
 * is closed before the process ends. A second one ends the process at once, as it would have without us.
 */
export class Interruption {
  /** The signal that came, if one did. */
  interrupted: Interrupted | undefined
  readonly #promise: Promise<never>
  #reject: (reason: Interrupted) => void = () => {}

  constructor() {
    this.#promise = new Promise((_, reject) => {
      this.#reject = reject
    })
    this.#promise.catch(() => {})
    for (const signal of SIGNALS) process.on(signal, this.#onSignal)
  }

  /** The result of `work`, unless a signal comes (or came) first. */
  race<T>(work: () => Promise<T>): Promise<T> {
    return this.interrupted ? this.#promise : Promise.race([work(), this.#promise])
  }

  stopListening(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal)
  }

  #onSignal = (signal: NodeJS.Signals) => {
    this.stopListening()
    const known = SIGNALS.find(name => name === signal) ?? 'SIGTERM'
    this.interrupted = new Interrupted(known)
    this.#reject(this.interrupted)
  }
}
