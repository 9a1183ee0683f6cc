import type { Writable } from 'node:stream'
import type { Failure } from './failure.ts'

/** The two streams of a command. Standard output holds results only; all that is said on the way goes to standard error. */
export class Terminal {
  readonly json: boolean
  readonly trace: boolean
  readonly interactive: boolean
  /** What the process ends with when the command itself does not fail. */
  exitCode = 0
  /** A signal ended the command. */
  interrupted = false
  readonly #out: Writable
  readonly #err: Writable
  #progress = ''
  #answered = false

  constructor(
    args: readonly string[],
    out: Writable = process.stdout,
    err: Writable & { isTTY?: boolean } = process.stderr,
  ) {
    const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
    this.json = options.includes('--json')
    this.trace = options.includes('--trace')
    this.interactive = err.isTTY === true
    this.#out = out
    this.#err = err
    // A reader that went away (`| head`) takes no more text, which is no reason to stop the work half-way.
    for (const stream of [out, err]) stream.on('error', ignoreClosedPipe)
  }

  /** The result of the command: with --json the one document of standard output, else `text`. */
  answer(document: unknown, text: string): void {
    this.#clearProgress()
    this.#answered = true
    this.#out.write(this.json ? `${JSON.stringify(document)}\n` : `${text}\n`)
  }

  /** Something worth knowing on the way. */
  note(line: string): void {
    this.#clearProgress()
    this.#err.write(`${line}\n`)
  }

  /** A line that the next one replaces; said only where a person is watching. */
  progress(line: string): void {
    if (!this.interactive) return
    this.#clearProgress()
    this.#err.write(line)
    this.#progress = line
  }

  /** A failure: for people on standard error, and with --json as the one document, unless that was given already. */
  fail(failure: Failure): void {
    if (this.json && !this.#answered) {
      const { code, message, hint, details } = failure
      this.answer({ error: { code, message, ...(hint && { hint }), ...(details && { details }) } }, '')
    }
    this.note(`error: ${failure.message}`)
    if (failure.hint) this.note(`hint: ${failure.hint}`)
    if (this.trace && failure.stack) this.note(failure.stack)
    this.exitCode = failure.exitCode
    this.interrupted = failure.code === 'cli.interrupted'
  }

  #clearProgress(): void {
    if (this.#progress !== '') this.#err.write('\r\u001b[K')
    this.#progress = ''
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
