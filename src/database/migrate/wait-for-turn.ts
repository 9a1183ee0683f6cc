import type pg from 'pg'

/** Returns when this connection is the only one that migrates this database; the end of the connection gives the turn on. */
export async function waitForTurn(client: pg.ClientBase, report: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${KEY}) AS taken`)
  if (rows[0]?.taken) return
  report('another migration of this database is running: waiting for it')
  await client.query(`SELECT pg_advisory_lock(${KEY})`)
}

/** "tenantry" as a number: the same in every version, as versions wait for each other too. */
const KEY = (0x74656e616e).toString()
