import type pg from 'pg'
import { migrate, missingMigrations } from '../database/migrate/index.ts'
import { createPool } from '../database/pool.ts'
import type { Cli } from './command.ts'
import { Interruption } from './interruption.ts'
import { openEmbedded } from './open-embedded.ts'
import { notMigrated } from './serve-errors.ts'

export type CommandDatabase = {
  /** Connections of the login that serves requests: it may do nothing before it takes a role. */
  readonly pool: pg.Pool
  readonly url: string
  /** The connection that may migrate; with DATABASE_URL it is that one. */
  readonly adminUrl: string
  /** `started`: this command started it, so no server and no worker run on it. */
  readonly origin: 'DATABASE_URL' | 'running' | 'started'
}

type Opened = Omit<CommandDatabase, 'pool'> & { close: () => Promise<void> }

/**
 * Runs `work` on the database of DATABASE_URL, else on the embedded one, which is started for as long as the command
 * takes where it is not running. A command never works on an older schema: the embedded database is migrated, another is refused.
 */
export async function withDatabase<T>(
  cli: Cli,
  work: (database: CommandDatabase) => Promise<T>,
  { anySchema = false } = {},
): Promise<T> {
  const interruption = new Interruption()
  try {
    const { close, ...opened } = await open(cli, interruption)
    const pool = createPool({ url: opened.url, max: 4, name: 'tenantry' })
    try {
      return await interruption.race(async () => {
        if (!anySchema || opened.origin === 'started') await ensureCurrentSchema(cli, opened)
        return await work({ ...opened, pool })
      })
    } finally {
      // After an interruption a statement may still run, and waiting for it would be waiting for the work itself.
      if (!interruption.interrupted) await pool.end()
      await close()
    }
  } finally {
    interruption.stopListening()
  }
}

async function open(cli: Cli, interruption: Interruption): Promise<Opened> {
  const { databaseUrl, dataDir } = cli.configuration()
  if (databaseUrl !== undefined)
    return { url: databaseUrl, adminUrl: databaseUrl, origin: 'DATABASE_URL', close: async () => {} }
  return openEmbedded(dataDir, cli.terminal, interruption)
}

async function ensureCurrentSchema(
  cli: Cli,
  { url, adminUrl, origin }: Omit<Opened, 'close'>,
): Promise<void> {
  const missing = await missingMigrations({ url })
  if (missing.length === 0) return
  if (origin === 'DATABASE_URL') throw notMigrated(missing)
  const login = decodeURIComponent(new URL(url).username)
  await migrate({ url: adminUrl, login, report: line => cli.terminal.note(line) })
}
