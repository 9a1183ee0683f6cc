import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

/** Returns when this connection is the only one that migrates this database; the end of the connection gives the turn on. */
export async function waitForTurn(client: pg.ClientBase, report: (line: string) => void): Promise<void> {
  if (await takeTurn(client)) return
  report('another migration of this database is running: waiting for it')
  // A statement that waits for the lock holds a snapshot, and CREATE INDEX CONCURRENTLY of the other waits for it: neither would end.
  while (!(await takeTurn(client))) await pause(100)
}

async function takeTurn(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${KEY}) AS taken`)
  return rows[0]?.taken ?? false
}

/** "tenantry" as a number: the same in every version, as versions wait for each other too. */
const KEY = (0x74656e616e).toString()
