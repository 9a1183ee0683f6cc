import { randomInt } from 'node:crypto'
import pg from 'pg'
import { SIZE } from './make-host.ts'

/** What the statements of one kind of client took, in milliseconds. */
export interface Waits {
  statements: number
  longestMs: number
  longestStatement: string
  overHundredMs: number
  errors: string[]
}

/** Clients of the host that send one statement after another until stopped; what they wait is what a host notices. */
export class HostLoad {
  #waits: Waits = none()
  #running = true
  readonly #done: Promise<unknown>

  constructor(url: string, role: string, statements: readonly (() => string)[], clients: number) {
    const each = Array.from({ length: clients }, () => this.#run(as(url, role), statements))
    this.#done = Promise.all(each)
  }

  /** What was waited since the last call. */
  take(): Waits {
    const waits = this.#waits
    this.#waits = none()
    return waits
  }

  async stop(): Promise<void> {
    this.#running = false
    await this.#done
  }

  async #run(url: string, statements: readonly (() => string)[]): Promise<void> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (let at = 0; this.#running; at += 1) {
      const statement = statements[at % statements.length]?.() ?? ''
      const start = performance.now()
      await client.query(statement).catch(error => this.#waits.errors.push(String(error)))
      this.#note(statement, performance.now() - start)
    }
    await client.end()
  }

  #note(statement: string, ms: number): void {
    this.#waits.statements += 1
    if (ms > 100) this.#waits.overHundredMs += 1
    if (ms <= this.#waits.longestMs) return
    this.#waits.longestMs = ms
    this.#waits.longestStatement = statement.slice(0, 60)
  }
}

const none = (): Waits => ({
  statements: 0,
  longestMs: 0,
  longestStatement: '',
  overHundredMs: 0,
  errors: [],
})

export function as(url: string, role: string): string {
  const other = new URL(url)
  other.username = role
  other.password = 'bench'
  return other.href
}

const id = (kind: number, most: number) =>
  `'${String(kind).padStart(8, '0')}-0000-4000-8000-${String(randomInt(1, most + 1)).padStart(12, '0')}'`

export const READS = [
  () => `SELECT count(*) FROM messages WHERE conversation_id = ${id(4, SIZE.conversations)}`,
  () => `SELECT name, plan FROM organizations WHERE id = ${id(1, SIZE.organizations)}`,
  () => `SELECT email FROM users WHERE id = ${id(2, SIZE.users)}`,
  () => `SELECT name FROM agents WHERE id = ${id(3, SIZE.agents)}`,
]

export const WRITES = [
  () =>
    `INSERT INTO messages (organization_id, conversation_id, role, content) VALUES (${id(1, SIZE.organizations)}, ${id(4, SIZE.conversations)}, 'user', 'hello')`,
  () => `UPDATE users SET last_name = 'changed' WHERE id = ${id(2, SIZE.users)}`,
  () => `UPDATE agents SET name = 'changed' WHERE id = ${id(3, SIZE.agents)}`,
  () => `UPDATE organizations SET plan_status = 'active' WHERE id = ${id(1, SIZE.organizations)}`,
]
