import type pg from 'pg'
import { lockNotGranted, migrationFailed } from './errors.ts'
import type { MigrationFile } from './files.ts'
import { grantLookups } from './grant-lookups.ts'
import { createLedger, recordMigration } from './ledger.ts'
import { adoptPhaseOne } from './phase-one/adopt-phase-one.ts'
import { LOCK_TIMEOUT_MS, retryWhile, waitedForLock } from './retry.ts'
import type { MigrationSession } from './session.ts'

interface Run {
  session: MigrationSession
  files: MigrationFile[]
  login: string
  lockPatienceMs: number
  report: (line: string) => void
}

/**
 * Adopts what a host brought, applies all files and records them, in one transaction: all or nothing. Where a lock is
 * not to be had within a second, the transaction lets go of all that it holds, lets the others pass and begins again.
 */
export async function runFilesTogether(run: Run): Promise<void> {
  try {
    await retryWhile(waitedForLock, run.lockPatienceMs, () => runOnce(run))
  } catch (error) {
    throw waitedForLock(error) ? lockNotGranted('The migrations', run.lockPatienceMs / 1_000, error) : error
  }
  for (const file of run.files) run.report(`applied ${file.name}`)
}

async function runOnce({ session, files, login, lockPatienceMs }: Run): Promise<void> {
  const { client } = session
  await client.query('BEGIN')
  try {
    await client.query('SET LOCAL search_path = public; SET LOCAL ROLE tenantry_owner')
    await createLedger(client)
    await adoptPhaseOne(session, { login, patienceMs: lockPatienceMs })
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT_MS}ms'`)
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

/** The first statement that fails is named with its file and line. */
async function runFile(client: pg.ClientBase, file: MigrationFile): Promise<void> {
  for (const statement of file.statements) {
    try {
      await client.query(statement.text)
    } catch (error) {
      throw waitedForLock(error) ? error : migrationFailed(file.name, statement, error)
    }
  }
}
