import pg from 'pg'
import { vi } from 'vitest'

/**
 * A place in a migration where it stops until the test lets it go on: the migration holds {@link Gate.sql}.
 */
export interface Gate {
  /** A statement that waits while the gate is closed. */
  sql: string
  /** Returns when somebody waits at the gate. */
  reached(): Promise<void>
  open(): Promise<void>
}

/** Closes a gate in the database of `url`; opened at the latest when its connection ends. */
export async function closeGate(url: string): Promise<Gate> {
  const key = ++keys
  const holder = new pg.Client({ connectionString: url })
  await holder.connect()
  await holder.query('SELECT pg_advisory_lock($1, $2)', [SPACE, key])
  return {
    sql: `SELECT pg_advisory_xact_lock(${SPACE}, ${key})`,
    async reached() {
      await vi.waitFor(
        async () => {
          const { rowCount } = await holder.query(
            `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND NOT granted
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
            [SPACE, key],
          )
          if (rowCount === 0) throw new Error('nobody waits at the gate')
        },
        { timeout: 30_000, interval: 20 },
      )
    },
    open: () => holder.end(),
  }
}

const SPACE = 4711
let keys = 0
