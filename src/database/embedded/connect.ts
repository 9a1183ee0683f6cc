import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { doesNotAnswer, passwordsRefused } from './errors.ts'
import type { DatabaseFolder } from './folder.ts'
import type { Passwords } from './passwords.ts'
import { findPostmaster, type Postmaster } from './postmaster.ts'

export const urlOf = (port: number, login: keyof Passwords, passwords: Passwords) =>
  `postgresql://${login}:${passwords[login]}@127.0.0.1:${port}/tenantry`

/** A server that recovers says so and is waited for; one that says nothing for this long is refused by its pid. */
const SILENCE_MS = 10_000

/**
 * Connects the superuser to the server of this folder, waiting while that one starts, recovers or stops; nothing
 * where it ends meanwhile.
 */
export async function connectTo(
  folder: DatabaseFolder,
  postmaster: Postmaster,
  passwords: Passwords,
): Promise<pg.Client | undefined> {
  let heard = Date.now()
  for (;;) {
    const found = findPostmaster(folder.data)
    if (found?.pid !== postmaster.pid) return undefined
    const client = new pg.Client({
      host: '127.0.0.1',
      port: found.port,
      user: 'postgres',
      password: passwords.postgres,
      database: 'postgres',
      application_name: 'tenantry',
      connectionTimeoutMillis: SILENCE_MS / 2,
    })
    // A server that is killed under a waiting client is seen by the next statement, not by a crash of this process.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      const { code, message } =
        error instanceof pg.DatabaseError ? error : { code: undefined, message: String(error) }
      if (code === INVALID_PASSWORD) throw passwordsRefused(folder.passwords, found.pid)
      if (code === CANNOT_CONNECT_NOW) heard = Date.now()
      if (Date.now() - heard > SILENCE_MS) throw doesNotAnswer(found.pid, message)
    }
    await wait(20)
  }
}

const INVALID_PASSWORD = '28P01'
const CANNOT_CONNECT_NOW = '57P03'
