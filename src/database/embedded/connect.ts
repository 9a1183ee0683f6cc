import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { passwordsRefused } from './errors.ts'
import type { DatabaseFolder } from './folder.ts'
import type { Passwords } from './passwords.ts'
import { findPostmaster, type Postmaster } from './postmaster.ts'

export const urlOf = (port: number, login: keyof Passwords, passwords: Passwords) =>
  `postgresql://${login}:${passwords[login]}@127.0.0.1:${port}/tenantry`

/**
 * Connects the superuser to the server of this folder, waiting while that one starts or recovers; nothing where the
 * server ends meanwhile. A server that refuses our passwords is refused by name.
 */
export async function connectTo(
  folder: DatabaseFolder,
  postmaster: Postmaster,
  passwords: Passwords,
): Promise<pg.Client | undefined> {
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
    })
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === '28P01') throw passwordsRefused(folder.passwords, found.pid)
      if (code !== '57P03' && code !== 'ECONNREFUSED' && code !== 'ECONNRESET') throw error
    }
    await wait(20)
  }
}
