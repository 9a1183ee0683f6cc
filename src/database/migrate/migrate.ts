import pg from 'pg'
import { MIGRATIONS_DIRECTORY, type MigrationFile, readMigrationFiles } from './files.ts'
import { grantRights } from './grant-rights.ts'
import { readPendingFiles } from './ledger.ts'
import { migrateQueue } from './migrate-queue.ts'
import { finishPhaseOne } from './phase-one/finish-phase-one.ts'
import { inspectPhaseOne } from './phase-one/inspect-phase-one.ts'
import { foreseeAdoption } from './phase-one/plan-phase-one.ts'
import { preparePhaseOne } from './phase-one/prepare-phase-one.ts'
import { planRights } from './plan-rights.ts'
import { runFileOutside } from './run-file-outside.ts'
import { runFilesTogether } from './run-files-together.ts'
import { type MigrationSession, openMigrationSession } from './session.ts'
import { waitForTurn } from './wait-for-turn.ts'

export interface MigrateOptions {
  /** The role that migrates: a superuser, or an owner of the database that may create roles. */
  url: string
  /** The role that serves requests; the role of `url` where it is left out. */
  login?: string
  directory?: string
  /** Changes nothing and only reports what would be done. */
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
  // A connection that breaks between two statements shows as the error of the next one.
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

async function migrateInTurn(
  session: MigrationSession,
  files: MigrationFile[],
  options: MigrateOptions,
): Promise<MigrateResult> {
  const { client } = session
  const { report, lockPatienceMs = LOCK_PATIENCE_MS, login = session.user } = options
  const steps = await planRights(session, login)
  const pending = await readPendingFiles(client, files)
  const applied = pending.map(file => file.name)
  for (const line of await inspectPhaseOne(session, pending, login)) report(line)
  if (options.dryRun) {
    for (const step of steps) report(`would run: ${step.sql}`)
    for (const sql of await foreseeAdoption(session, login)) report(`would run: ${sql}`)
    for (const name of applied) report(`would apply: ${name}`)
    return { applied }
  }
  // Nothing has been changed up to here. What follows can end at any moment: a new run goes on where it ended.
  await grantRights(session, steps, login)
  // On a first migration these are a matter of course.
  if (pending.length === 0) for (const step of steps) report(step.sql)
  await migrateQueue(options.url)
  await preparePhaseOne(session)
  const ordinary = pending.filter(file => file.transactional)
  await runFilesTogether({ session, files: ordinary, login, lockPatienceMs, report })
  for (const file of pending.filter(file => !file.transactional)) {
    await runFileOutside({ client, file, lockPatienceMs, report })
  }
  await finishPhaseOne(session, { patienceMs: lockPatienceMs, report })
  return { applied }
}

const LOCK_PATIENCE_MS = 60_000
