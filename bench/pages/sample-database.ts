import { createPool } from '../../src/database/pool.ts'
import { loadSample } from '../../src/maintenance/sample-data/load-sample.ts'
import { defaultSample, sampleAccess } from '../../src/maintenance/sample-data/sample-access.ts'
import { makeProductDatabase } from '../ingest/product-database.ts'

/** A migrated database with the small sample, and how its largest organization is signed in to. */
export async function makeSampleDatabase(serverUrl: string) {
  const { url, drop } = await makeProductDatabase(serverUrl, 'bench_pages')
  const input = defaultSample(new Date())
  const pool = createPool({ url, max: 4, name: 'bench' })
  await loadSample(pool, input).finally(() => pool.end())
  const { logins, password: samplePassword } = sampleAccess(input)
  return { url, drop, credentials: { email: logins[0]?.email ?? '', password: samplePassword } }
}
