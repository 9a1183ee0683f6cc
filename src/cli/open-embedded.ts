import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isDatabaseUnavailable } from '../database/availability.ts'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded/index.ts'
import { AppError } from '../platform/errors.ts'
import { Interrupted, type Interruption } from './interruption.ts'
import type { Terminal } from './terminal.ts'

export type OpenedEmbedded = {
  url: string
  adminUrl: string
  origin: 'running' | 'started'
  close: () => Promise<void>
}

/** How long another process may take to start or to stop the same database before its refusal is passed on. */
const PATIENCE_MS = 30_000

/**
 * The embedded database of `dataDir`: the running one, or one that is started for this command. Commands that run at
 * the same time share it, and whichever started it stops it when the last of them is done.
 */
export async function openEmbedded(
  dataDir: string,
  terminal: Terminal,
  interruption: Interruption,
): Promise<OpenedEmbedded> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return (await reachRunning(dataDir)) ?? (await start(dataDir, terminal, interruption))
    } catch (error) {
      if (!isBetweenStates(error) || Date.now() > deadline) throw error
      terminal.progress('another process is starting or stopping the database: waiting for it …')
      await interruption.race(() => pause(200))
    }
  }
}

async function reachRunning(dataDir: string): Promise<OpenedEmbedded | undefined> {
  const running = await findEmbeddedPostgres(dataDir)
  if (!running) return undefined
  const { url, adminUrl } = running
  const guest = await connect(url)
  const { rows } = await guest.query<{ entered: boolean }>(
    'SELECT pg_try_advisory_lock_shared($1) AS entered',
    [IN_USE],
  )
  if (rows[0]?.entered) return { url, adminUrl, origin: 'running', close: () => guest.end() }
  await guest.end()
  throw new Stopping()
}

async function start(
  dataDir: string,
  terminal: Terminal,
  interruption: Interruption,
): Promise<OpenedEmbedded> {
  terminal.progress(`starting the database of ${dataDir} …`)
  const { url, adminUrl, stop } = await startEmbeddedPostgres({
    dataDir,
    log: line => terminal.note(line),
  })
  const close = async () => {
    try {
      await interruption.race(() => untilUnused(adminUrl))
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
    } finally {
      await stop()
    }
  }
  return { url, adminUrl, origin: 'started', close }
}

/** Waits for the commands that share the database; the connection stays, so that none comes in after it. */
async function untilUnused(adminUrl: string): Promise<void> {
  const client = await connect(adminUrl)
  await client.query('SELECT pg_advisory_lock($1)', [IN_USE])
}

/** Shared while a command uses the database, exclusive from when it is being stopped. */
const IN_USE = 746_563_221

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'tenantry' })
  client.on('error', () => {})
  await client.connect()
  return client
}

class Stopping extends Error {}

/** Another process has the folder but its database takes no connections: it is about to, or will soon be gone. */
function isBetweenStates(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'database.folder_in_use'
  return error instanceof Stopping || isDatabaseUnavailable(error)
}
