import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { migrate } from '../../src/database/migrate/index.ts'
import { createEmptyDatabase, type TestDatabase } from './database.ts'

/** A database in which a host product has its Phase 1, with rows and with roles of its own. */
export interface HostProduct extends TestDatabase {
  /** The name that the role `host_…` of the file has in this database. */
  role(name: string): string
  /** Runs one statement as a role of the host, logged in by itself. */
  as(name: string, sql: string): Promise<pg.QueryResult>
  /** Adopts it, as the superuser unless another url is given; gives the lines that were reported. */
  migrate(options?: { url?: string; dryRun?: boolean }): Promise<string[]>
}

/** Makes the tables and roles of one of the two files host-phase-one*.sql. */
export async function createHostProduct(
  file: 'host-phase-one.sql' | 'host-phase-one-by-orm.sql',
): Promise<HostProduct> {
  const database = await createEmptyDatabase()
  const suffix = randomBytes(4).toString('hex')
  const role = (name: string) => `${name}_${suffix}`
  const sql = readFileSync(new URL(file, import.meta.url), 'utf8')
  const names = new Set([...sql.matchAll(/^CREATE ROLE (host_\w+)/gm)].map(match => match[1] ?? ''))
  await database.admin.query(sql.replace(/\bhost_\w+/g, word => (names.has(word) ? role(word) : word)))
  for (const name of names) await database.admin.query(`ALTER ROLE ${role(name)} PASSWORD 'host'`)
  return {
    ...database,
    role,
    async as(name, statement) {
      const url = new URL(database.adminUrl)
      url.username = role(name)
      url.password = 'host'
      const client = new pg.Client({ connectionString: url.href })
      await client.connect()
      try {
        return await client.query(statement)
      } finally {
        await client.end()
      }
    },
    async migrate({ url = database.adminUrl, dryRun = false } = {}) {
      const lines: string[] = []
      const login = new URL(database.url).username
      await migrate({ url, login, dryRun, report: line => lines.push(line) })
      return lines
    },
    async drop() {
      await database.drop()
      const { adminUrl } = database
      const server = new URL(adminUrl)
      server.pathname = '/postgres'
      const client = new pg.Client({ connectionString: server.href })
      await client.connect()
      for (const name of names) await client.query(`DROP ROLE ${role(name)}`)
      await client.end()
    },
  }
}
