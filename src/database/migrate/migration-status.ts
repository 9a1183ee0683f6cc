import pg from 'pg'
import { MIGRATIONS_DIRECTORY, readMigrationFiles } from './files.ts'
import { type MigrationStatus, readMigrationStatus } from './ledger.ts'

/** What is applied to the database and what is not; changes nothing, so that anybody who may take a role may ask. */
export async function migrationStatus(options: {
  url: string
  directory?: string
}): Promise<MigrationStatus[]> {
  const files = await readMigrationFiles(options.directory ?? MIGRATIONS_DIRECTORY)
  const client = new pg.Client({ connectionString: options.url, application_name: 'tenantry migrate status' })
  await client.connect()
  try {
    return await readMigrationStatus(client, files)
  } finally {
    await client.end()
  }
}
