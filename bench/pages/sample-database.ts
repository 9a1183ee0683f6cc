import { randomBytes } from 'node:crypto'
import { migrate } from '../../src/database/migrate/index.ts'
import { createPool } from '../../src/database/pool.ts'
import { loadSample } from '../../src/maintenance/sample-data/load-sample.ts'
import { defaultSample, sampleAccess } from '../../src/maintenance/sample-data/sample-access.ts'
import { onServer } from '../ingest/on-server.ts'

/** A migrated database with the small sample, and how its largest organization is signed in to. */
export async function makeSampleDatabase(serverUrl: string) {
  const [database, login, password] = ['bench_pages', 'bench_pages_login', randomBytes(16).toString('hex')]
  const drop = async () => {
    await onServer(serverUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await onServer(serverUrl, `DROP ROLE IF EXISTS ${login}`)
  }
  await drop()
  await onServer(serverUrl, `CREATE ROLE ${login} LOGIN PASSWORD '${password}'`)
  await onServer(serverUrl, `CREATE DATABASE ${database}`)
  const adminUrl = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href
  await migrate({ url: adminUrl, login, report: () => {} })
  const url = Object.assign(new URL(adminUrl), { username: login, password }).href
  const input = defaultSample(new Date())
  const pool = createPool({ url, max: 4, name: 'bench' })
  await loadSample(pool, input).finally(() => pool.end())
  const { logins, password: samplePassword } = sampleAccess(input)
  return { url, drop, credentials: { email: logins[0]?.email ?? '', password: samplePassword } }
}
