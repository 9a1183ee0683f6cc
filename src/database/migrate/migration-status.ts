import pg from 'pg'
import { MIGRATIONS_DIRECTORY, readMigrationFiles } from './files.ts'
import { asReader, type MigrationStatus, readMigrationStatus } from './ledger.ts'

interface Options {
  url: string
  directory?: string
}

/** What is applied to the database and what is not; changes nothing, and the login may ask. */
export async function migrationStatus(options: Options): Promise<MigrationStatus[]> {
  const files = await readMigrationFiles(options.directory ?? MIGRATIONS_DIRECTORY)
  const client = new pg.Client({ connectionString: options.url, application_name: 'tenantry migrate status' })
  // A connection that breaks fails the query under way; as an event that nobody hears it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await asReader(client, () => readMigrationStatus(client, files))
  } finally {
    await client.end()
  }
}

/** What the database lacks of this version, or has otherwise. One that a newer version has migrated lacks nothing. */
export async function missingMigrations(options: Options): Promise<MigrationStatus[]> {
  const status = await migrationStatus(options)
  return status.filter(({ state }) => state === 'pending' || state === 'edited')
}
