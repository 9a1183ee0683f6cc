import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Interruption } from './interruption.ts'
import type { Terminal } from './terminal.ts'

export type OpenedEmbedded = {
  url: string
  adminUrl: string
  origin: 'running' | 'started'
  close: (interrupted: boolean) => Promise<void>
}

/** How long another process may take to start or to stop the same database before its refusal is passed on. */
const PATIENCE_MS = 30_000

/** The embedded database of `dataDir`: the running one, or one that is started and ends when nobody uses it any more. */
export async function openEmbedded(
  dataDir: string,
  terminal: Terminal,
  interruption: Interruption,
): Promise<OpenedEmbedded> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const running = await findEmbeddedPostgres(dataDir)
    if (running)
      return { url: running.url, adminUrl: running.adminUrl, origin: 'running', close: async () => {} }
    try {
      terminal.progress(`starting the database of ${dataDir} …`)
      const log = (line: string) => terminal.note(line)
      const { url, adminUrl, stop } = await startEmbeddedPostgres({ dataDir, log })
      const close = async (interrupted: boolean) => {
        if (!interrupted) await untilUnused(adminUrl, terminal)
        await stop()
      }
      return { url, adminUrl, origin: 'started', close }
    } catch (error) {
      const startsOrStops = error instanceof AppError && error.code === 'database.folder_in_use'
      if (!startsOrStops || Date.now() > deadline) throw error
      await interruption.race(() => pause(200))
    }
  }
}

/** Another command may have found this database running meanwhile: it is not stopped under its feet. */
async function untilUnused(adminUrl: string, terminal: Terminal): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    while (await isUsed(client)) {
      terminal.progress('another command still uses the database: waiting for it …')
      await pause(200)
    }
  } finally {
    await client.end()
  }
}

async function isUsed(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  )
  return rowCount !== 0
}
