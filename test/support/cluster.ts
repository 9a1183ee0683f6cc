import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/database/migrate/index.ts'
import { startTestPostgres } from './start-postgres.ts'

/** The one PostgreSQL of a test run, and the migrated database that every test database is a copy of. */
export interface TestCluster {
  /** A superuser on the maintenance database. */
  adminUrl: string
  template: string
  /** The unprivileged login, as in DATABASE_URL. */
  login: string
  password: string
  /** Where the browser of this run is unpacked, by whoever needs it first. */
  browserFolder: string
  /** Why there is no template: tests that ask for a database fail with it, the others run. */
  failure?: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: TestCluster
  }
}

/**
 * DATABASE_URL_TEST names a superuser on a server to be used; it gets databases and a login that this run removes,
 * and keeps the roles tenantry_*. Otherwise PostgreSQL 18 is started, or the one of TENANTRY_TEST_POSTGRES=15.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.DATABASE_URL_TEST
    ? { adminUrl: process.env.DATABASE_URL_TEST, stop: async () => {} }
    : await startTestPostgres()
  const run = randomBytes(4).toString('hex')
  const cluster: TestCluster = {
    adminUrl: server.adminUrl,
    template: `tenantry_template_${run}`,
    login: `tenantry_test_${run}`,
    password: randomBytes(16).toString('hex'),
    browserFolder: join(tmpdir(), `tenantry-browser-${run}`),
  }
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await admin.query(`CREATE ROLE ${cluster.login} LOGIN PASSWORD '${cluster.password}'`)
  await admin.query(`CREATE DATABASE ${cluster.template} TEMPLATE template0 ENCODING 'UTF8'`)
  try {
    await migrate({
      url: onDatabase(server.adminUrl, cluster.template),
      login: cluster.login,
      report: () => {},
    })
  } catch (error) {
    cluster.failure = `the test database could not be migrated:\n${error instanceof Error ? error.message : error}`
    console.error(cluster.failure)
  }
  project.provide('cluster', cluster)
  return async () => {
    const { rows } = await admin.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname LIKE $1',
      [`tenantry_%_${run}%`],
    )
    for (const { datname } of rows) await admin.query(`DROP DATABASE ${datname} WITH (FORCE)`)
    await admin.query(`DROP ROLE ${cluster.login}`)
    await admin.end()
    await server.stop()
    rmSync(cluster.browserFolder, { recursive: true, force: true })
  }
}

/** The same server and user, another database. */
export function onDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}
