import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createPool } from '../../src/database/pool.ts'
import { onDatabase } from './cluster.ts'

/** A database of its own for one test file. */
export interface TestDatabase {
  name: string
  /** The unprivileged login, as in DATABASE_URL. */
  url: string
  /** A superuser, whom no policy binds. */
  adminUrl: string
  /** Connections of the unprivileged login. */
  pool: pg.Pool
  /** Connections of the superuser, for arranging and for looking behind the policies. */
  admin: pg.Pool
  drop(): Promise<void>
}

/** A copy of the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { failure, template } = inject('cluster')
  if (failure) throw new Error(failure)
  return createFrom(template)
}

/** A database in which nothing has been made yet. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createFrom('template0')
}

async function createFrom(template: string): Promise<TestDatabase> {
  const { adminUrl: serverUrl, login, password } = inject('cluster')
  const run = login.slice(login.lastIndexOf('_') + 1)
  const name = `tenantry_test_${run}_${randomBytes(4).toString('hex')}`
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const adminUrl = onDatabase(serverUrl, name)
  const loginUrl = new URL(adminUrl)
  loginUrl.username = login
  loginUrl.password = password
  const url = loginUrl.href
  const pool = createPool({ url, max: 10, name: 'tenantry test' })
  const admin = createPool({ url: adminUrl, max: 5, name: 'tenantry test admin' })
  return {
    name,
    url,
    adminUrl,
    pool,
    admin,
    async drop() {
      await Promise.all([pool, admin].map(each => (each.ended ? undefined : each.end())))
      await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
