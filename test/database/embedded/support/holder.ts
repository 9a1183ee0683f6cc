import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RunningPostgres } from '../../../../src/database/embedded/index.ts'

type Event =
  | ({ event: 'started'; adopted: boolean } & RunningPostgres)
  | { event: 'refused'; code: string | null; message: string }
  | { event: 'stopped'; signal: string; ms: number; answered: boolean }
  | { event: 'log'; line: string }
  | { event: 'lost'; reason: string }
type Named<Name extends Event['event']> = Extract<Event, { event: Name }>

/** A process of its own that holds a database, as a server does. */
export class Holder {
  static readonly #all: Holder[] = []
  readonly child: ChildProcess
  readonly ended: Promise<void>
  readonly #events: Event[] = []
  #heard: () => void = () => undefined
  #errors = ''
  #closed = false

  constructor(door: string, dataDir: string, account: { uid: number; gid: number } | undefined = undefined) {
    const script = fileURLToPath(new URL('./holder.mjs', import.meta.url))
    // A process group of its own, so that a test can send a signal to the whole group, as a terminal does on Ctrl-C.
    this.child = spawn(process.execPath, ['--input-type=module', '-', door, dataDir], {
      ...account,
      cwd: '/',
      detached: true,
    })
    Holder.#all.push(this)
    this.child.stdin?.end(readFileSync(script))
    this.child.stderr?.on('data', chunk => {
      this.#errors += chunk
    })
    if (this.child.stdout) {
      createInterface(this.child.stdout).on('line', line => {
        this.#events.push(JSON.parse(line))
        this.#heard()
      })
    }
    this.ended = new Promise(resolve => {
      this.child.once('close', () => {
        this.#closed = true
        this.#heard()
        resolve()
      })
    })
  }

  /** Ends those that a failed test left, and with them their databases. */
  static async stopAll(): Promise<void> {
    for (const { child } of Holder.#all) child.kill('SIGTERM')
    await Promise.all(Holder.#all.map(({ ended }) => ended))
  }

  /** The first event of this name, whether it has come or is still to come. */
  async hear<Name extends Event['event']>(...names: Name[]): Promise<Named<Name>> {
    for (;;) {
      const found = this.#events.find((event): event is Named<Name> =>
        names.some(name => name === event.event),
      )
      if (found) return found
      if (this.#closed) throw new Error(`ended before: ${JSON.stringify(this.#events)} ${this.#errors}`)
      await new Promise<void>(resolve => {
        this.#heard = resolve
      })
    }
  }

  get lines(): string {
    return this.#events.flatMap(event => (event.event === 'log' ? [event.line] : [])).join('\n')
  }

  get pid(): number {
    if (!this.child.pid) throw new Error('the holder did not start')
    return this.child.pid
  }

  /** As a terminal does on Ctrl-C: to every process of the group. */
  interrupt(): void {
    process.kill(-this.pid, 'SIGINT')
  }

  async stop(): Promise<Named<'stopped'>> {
    this.child.kill('SIGTERM')
    const stopped = await this.hear('stopped')
    await this.ended
    return stopped
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}
