import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'

/** Brings the job queue's own schema up to date, owned by the owner of our tables. It keeps a list of its own. */
export async function migrateQueue(url: string): Promise<void> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    application_name: 'tenantry migrate queue',
    onConnect: async client => {
      await client.query('SET ROLE tenantry_owner')
    },
  })
  // A connection that breaks, idle or in use, shows as the error of the next statement.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: SILENT })
  } finally {
    await pool.end()
  }
}

const SILENT = new Logger(() => () => {})
