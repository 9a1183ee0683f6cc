import type pg from 'pg'
import { AppError } from '../../platform/errors.ts'
import { serverTooOld } from './errors.ts'

/** Who is connected and what it may do: the migrator asks this once and decides everything by it. */
export interface MigrationSession {
  client: pg.ClientBase
  user: string
  database: string
  superuser: boolean
  createRole: boolean
  /** 150018 for 15.18; from 160000 a membership says for itself whether it inherits. */
  version: number
}

export async function openMigrationSession(client: pg.ClientBase): Promise<MigrationSession> {
  const { rows } = await client.query<
    Omit<MigrationSession, 'client'> & { shown: string; standby: boolean }
  >(`
    SELECT current_user AS user, current_database() AS database, rolsuper AS superuser, rolcreaterole AS "createRole",
      pg_is_in_recovery() AS standby,
      current_setting('server_version_num')::int AS version, current_setting('server_version') AS shown
    FROM pg_roles WHERE rolname = current_user`)
  // A limit that the server sets for its users must not end a long statement, nor the wait for another migration.
  await client.query(
    'SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0',
  )
  const row = rows[0]
  if (!row) throw new Error('the server does not know the role that is connected')
  if (row.version < 150_000) throw serverTooOld(row.shown)
  if (row.standby) {
    throw new AppError(
      'database.read_only_server',
      'conflict',
      'This server is a standby, which cannot be changed. Connect to the primary.',
    )
  }
  const { shown: _, standby: __, ...session } = row
  return { client, ...session }
}
