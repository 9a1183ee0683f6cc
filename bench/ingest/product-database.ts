import { randomBytes } from 'node:crypto'
import { migrate } from '../../src/database/migrate/index.ts'
import { onServer } from './on-server.ts'

export interface ProductDatabase {
  /** The unprivileged login, as in DATABASE_URL. */
  url: string
  adminUrl: string
  drop(): Promise<void>
}

/** A database of that name, migrated and empty, with a login of its own; one that an earlier run left is dropped. */
export async function makeProductDatabase(serverUrl: string, database: string): Promise<ProductDatabase> {
  const login = `${database}_login`
  const password = randomBytes(16).toString('hex')
  const drop = async () => {
    await onServer(serverUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await onServer(serverUrl, `DROP ROLE IF EXISTS ${login}`)
  }
  await drop()
  await onServer(serverUrl, `CREATE ROLE ${login} LOGIN PASSWORD '${password}'`)
  await onServer(serverUrl, `CREATE DATABASE ${database}`)
  const adminUrl = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href
  await migrate({ url: adminUrl, login, report: () => {} })
  return {
    adminUrl,
    url: Object.assign(new URL(adminUrl), { username: login, password }).href,
    drop,
  }
}
