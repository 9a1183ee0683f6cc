import pg from 'pg'
import { MIGRATIONS_DIRECTORY, readMigrationFiles } from './files.ts'
import { asReader, type MigrationStatus, readMigrationStatus } from './ledger.ts'

/** What is applied to the database and what is not; changes nothing, and the login may ask. */
export async function migrationStatus(options: {
  url: string
  directory?: string
}): Promise<MigrationStatus[]> {
  const files = await readMigrationFiles(options.directory ?? MIGRATIONS_DIRECTORY)
  const client = new pg.Client({ connectionString: options.url, application_name: 'tenantry migrate status' })
  await client.connect()
  try {
    return await asReader(client, () => readMigrationStatus(client, files))
  } finally {
    await client.end()
  }
}
