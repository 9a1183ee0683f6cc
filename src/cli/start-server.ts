import { createServer } from 'node:net'
import { startEmbeddedPostgres } from '../database/embedded/index.ts'
import { migrate, missingMigrations } from '../database/migrate/index.ts'
import { createPool } from '../database/pool.ts'
import { buildServer } from '../http/server.ts'
import { startWorker } from '../jobs/worker.ts'
import { openArchiveFolder } from '../platform/archive-store.ts'
import { type Configuration, originOf } from '../platform/configuration.ts'
import { createLogger } from '../platform/logger.ts'
import { createMailTransport } from '../platform/mail/transport.ts'
import { drain } from './drain.ts'
import type { OpenedSample } from './sample-access.ts'
import { openSampleAtStart } from './sample-at-start.ts'
import { addressUnusable, databaseLost, notMigrated } from './serve-errors.ts'
import type { Terminal } from './terminal.ts'

export type RunningServer = {
  readonly url: string
  /** Which database serves, without anything secret. */
  readonly database: string
  /** Where the database holds the sample data, how to get into it. */
  readonly sample: OpenedSample | undefined
  /** Rejects when the server cannot go on. */
  readonly failed: Promise<never>
  /** Answers what was accepted, ends the jobs under way, then closes everything. Never takes over ten seconds. */
  stop(): Promise<void>
}

/**
 * Starts database, worker and HTTP server, in this order, and answers when all of them work. Where one cannot start,
 * those before it are stopped again: either all of it runs or nothing does.
 */
export async function startServer(given: Configuration, terminal: Voice): Promise<RunningServer> {
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const each of stops.reverse()) await each()
  }
  try {
    const configuration = await withFreePort(given)
    const { host, port, url, databasePoolSize } = configuration
    const log = createLogger(configuration.logLevel)
    const now = () => new Date()

    const database = await openDatabase(configuration, line => terminal.note(line))
    stops.push(database.close)
    const sample = database.isOurs
      ? await openSampleAtStart(database.url, configuration, terminal)
      : undefined
    // One for each of two jobs, and one to hold the lock of that which archives.
    const jobPool = createPool({ url: database.url, max: 3, name: 'tenantry jobs' })
    stops.push(() => jobPool.end())
    const mail = createMailTransport(configuration)
    stops.push(async () => mail.close())
    const worker = await startWorker({
      url: database.url,
      pool: jobPool,
      log,
      now,
      mail,
      publicUrl: url,
      archive: openArchiveFolder(configuration.archiveDir),
      eventRetention: configuration.eventRetention,
    })
    stops.push(() => worker.stop())

    const pool = createPool({ url: database.url, max: databasePoolSize, name: 'tenantry http' })
    stops.push(() => pool.end())
    const server = await buildServer({ pool, configuration, log, now })
    stops.push(() => drain(server, STOP_WITHIN_MS))
    await server.listen({ host, port }).catch(error => {
      throw addressUnusable(error, host, port) ?? error
    })
    return { url, database: database.description, sample, failed: database.lost, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Time for the requests under way; the worker takes at most two seconds more, the database three. */
const STOP_WITHIN_MS = 5_000

type Voice = Pick<Terminal, 'note' | 'progress'>

type Database = {
  url: string
  isOurs: boolean
  description: string
  lost: Promise<never>
  close: () => Promise<void>
}

async function openDatabase(configuration: Configuration, say: (line: string) => void): Promise<Database> {
  const { databaseUrl, dataDir } = configuration
  if (databaseUrl !== undefined) {
    const missing = await missingMigrations({ url: databaseUrl })
    if (missing.length > 0) throw notMigrated(missing)
    const { hostname, pathname } = new URL(databaseUrl)
    return {
      url: databaseUrl,
      isOurs: false,
      description: `${pathname.slice(1) || 'the default one'} on ${hostname || 'a local socket'} (DATABASE_URL)`,
      lost: new Promise(() => {}),
      close: async () => {},
    }
  }
  const embedded = await startEmbeddedPostgres({ dataDir, log: say })
  try {
    await migrate({ url: embedded.adminUrl, login: new URL(embedded.url).username, report: say })
  } catch (error) {
    await embedded.stop()
    throw error
  }
  const lost = embedded.lost.then(reason => {
    throw databaseLost(reason)
  })
  lost.catch(() => {}) // whoever waits for it hears it; while starting nobody does yet
  return {
    url: embedded.url,
    isOurs: true,
    description: `PostgreSQL ${embedded.major} of its own in ${embedded.dataDir} (port ${embedded.port})`,
    lost,
    close: () => embedded.stop(),
  }
}

/** PORT=0 asks for any free port; its number must be known before the addresses are told. */
async function withFreePort(configuration: Configuration): Promise<Configuration> {
  if (configuration.port !== 0) return configuration
  const { host } = configuration
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  }).catch(error => {
    throw addressUnusable(error, host, 0) ?? error
  })
  const isDefault = configuration.url === originOf(host, 0)
  return { ...configuration, port, url: isDefault ? originOf(host, port) : configuration.url }
}
