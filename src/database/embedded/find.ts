import { connectTo, urlOf } from './connect.ts'
import { findFolder } from './folder.ts'
import { readPasswords } from './passwords.ts'
import { findPostmaster } from './postmaster.ts'

/** An embedded PostgreSQL that runs and answers. */
export type RunningPostgres = {
  /** The login without rights, on the database `tenantry`. */
  url: string
  /** The superuser, on the same database. */
  adminUrl: string
  port: number
  pid: number
  /** Where the database really is. */
  dataDir: string
  major: number
}

/** The running database of `dataDir`, whichever process started it; nothing where none runs. */
export async function findEmbeddedPostgres(dataDir: string): Promise<RunningPostgres | undefined> {
  const folder = findFolder(dataDir)
  const postmaster = folder && findPostmaster(folder.data)
  if (!folder || !postmaster) return undefined
  const passwords = readPasswords(folder)
  const client = await connectTo(folder, postmaster, passwords)
  if (!client) return undefined
  try {
    const { rows } = await client.query<{ major: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS major FROM pg_database WHERE datname = 'tenantry'`,
    )
    // Still being made by the process that starts it.
    if (!rows[0]) return undefined
    return {
      url: urlOf(postmaster.port, 'tenantry', passwords),
      adminUrl: urlOf(postmaster.port, 'postgres', passwords),
      port: postmaster.port,
      pid: postmaster.pid,
      dataDir: folder.home,
      major: rows[0].major,
    }
  } finally {
    await client.end()
  }
}
