import pg from 'pg'
import { migrationEdited, migrationUnknown } from './errors.ts'
import { MIGRATIONS_DIRECTORY, type MigrationFile, readMigrationFiles } from './files.ts'
import { grantLogin, grantLookups } from './grant-login.ts'
import { createLedger, readMigrationStatus, recordMigration } from './ledger.ts'
import { migrateQueue } from './migrate-queue.ts'
import { retryWhile, waitedForLock } from './retry.ts'
import { createRoles, grantDatabaseToOwner } from './roles.ts'
import { runFile } from './run-file.ts'
import { runFileOutside } from './run-file-outside.ts'
import { type MigrationSession, openMigrationSession } from './session.ts'
import { waitForTurn } from './wait-for-turn.ts'

export interface MigrateOptions {
  /** The role that migrates: a superuser, or an owner of the database that may create roles. */
  url: string
  /** The role that serves requests; the role of `url` where it is left out. */
  login?: string
  directory?: string
  /** Only says what would be done. */
  dryRun?: boolean
  /** How long to ask again for a lock that another session holds. */
  lockPatienceMs?: number
  report: (line: string) => void
}

export interface MigrateResult {
  /** The files that this run applied, or would apply. */
  applied: string[]
}

/**
 * Brings the database to the newest migration, or leaves it as it was: all pending ordinary files commit together.
 * Two at once take turns, and a run that was killed is taken up by the next one.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const files = await readMigrationFiles(options.directory ?? MIGRATIONS_DIRECTORY)
  const client = new pg.Client({ connectionString: options.url, application_name: 'tenantry migrate' })
  // A connection that ends between two statements shows as the error of the next one.
  client.on('error', () => {})
  await client.connect()
  try {
    const session = await openMigrationSession(client)
    await waitForTurn(client, options.report)
    return await migrateInTurn(session, files, options)
  } finally {
    await client.end()
  }
}

async function migrateInTurn(session: MigrationSession, files: MigrationFile[], options: MigrateOptions) {
  const { client } = session
  const login = options.login ?? session.user
  const pending = await pendingFiles(client, files)
  if (options.dryRun) return { applied: pending.map(file => file.name) }

  await createRoles(session)
  await grantDatabaseToOwner(session)
  await migrateQueue(options.url)
  const ordinary = pending.filter(file => file.transactional)
  await retryWhile(waitedForLock, options.lockPatienceMs ?? LOCK_PATIENCE_MS, () =>
    runTogether(client, ordinary, login),
  )
  for (const file of pending.filter(file => !file.transactional)) {
    await runFileOutside(client, file, options.lockPatienceMs ?? LOCK_PATIENCE_MS)
  }
  await grantLogin(session, login)
  for (const file of pending) options.report(`applied ${file.name}`)
  return { applied: pending.map(file => file.name) }
}

async function pendingFiles(client: pg.ClientBase, files: MigrationFile[]): Promise<MigrationFile[]> {
  const status = await readMigrationStatus(client, files)
  const named = (state: string) => status.filter(row => row.state === state).map(row => row.name)
  if (named('edited').length > 0) throw migrationEdited(named('edited'))
  if (named('unknown').length > 0) throw migrationUnknown(named('unknown'))
  const pending = new Set(named('pending'))
  return files.filter(file => pending.has(file.name))
}

async function runTogether(client: pg.ClientBase, files: MigrationFile[], login: string): Promise<void> {
  await client.query(`BEGIN; SET LOCAL lock_timeout = '${LOCK_TIMEOUT_MS}ms'; SET LOCAL search_path = public`)
  try {
    await client.query('SET LOCAL ROLE tenantry_owner')
    await createLedger(client)
    for (const file of files) {
      await runFile(client, file)
      await recordMigration(client, file)
    }
    await grantLookups(client, login)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** A statement that waits longer than this for a lock stops everybody behind it. */
const LOCK_TIMEOUT_MS = 800
const LOCK_PATIENCE_MS = 60_000
