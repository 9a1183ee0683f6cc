import type pg from 'pg'
import { lockNotGranted, migrationFailed } from './errors.ts'
import type { MigrationFile } from './files.ts'
import { grantLookups } from './grant-lookups.ts'
import { createLedger, recordMigration } from './ledger.ts'
import { adoptPhaseOne } from './phase-one/adopt-phase-one.ts'
import { keepUpdatedAt } from './phase-one/keep-updated-at.ts'
import type { LackingTable } from './phase-one/plan-phase-one.ts'
import { isAdopted, readHostNames } from './phase-one/read-host-tables.ts'
import { takeOutForeignKeys } from './phase-one/take-out-foreign-keys.ts'
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
    const adopted = await retryWhile(waitedForLock, run.lockPatienceMs, () => runOnce(run))
    // What a first adoption does is said before it begins.
    for (const { table, plan } of adopted.filter(({ table }) => isAdopted(table)))
      for (const statement of plan.statements) run.report(`${table.name}: ${statement}`)
  } catch (error) {
    throw waitedForLock(error) ? lockNotGranted('The migrations', run.lockPatienceMs / 1_000, error) : error
  }
  for (const file of run.files) run.report(`applied ${file.name}`)
}

async function runOnce({ session, files, login }: Run): Promise<LackingTable[]> {
  const { client } = session
  await client.query('BEGIN')
  try {
    await client.query('SET LOCAL search_path = public; SET LOCAL ROLE tenantry_owner')
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT_MS}ms'`)
    await createLedger(client)
    // A host's tables are locked from their adoption to the commit: all that can be done before it is.
    const hosts = await readHostNames(client)
    const keys = await runFiles(
      client,
      files.filter(file => !file.afterAdoption),
      hosts,
    )
    const adopted = await adoptPhaseOne(session, login)
    if (keys.length > 0) await client.query(keys.join('; '))
    await runFiles(
      client,
      files.filter(file => file.afterAdoption),
      [],
    )
    await keepUpdatedAt(client)
    await grantLookups(client, login)
    await client.query('COMMIT')
    return adopted
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** Runs and records the files but for their keys to `hosts`, which it gives back. A failure is named with its line. */
async function runFiles(client: pg.ClientBase, files: MigrationFile[], hosts: string[]): Promise<string[]> {
  const keys: string[] = []
  for (const file of files) {
    for (const statement of file.statements) {
      const parted = takeOutForeignKeys(statement.text, hosts)
      keys.push(...parted.keys)
      await client.query(parted.text).catch(error => {
        throw waitedForLock(error) ? error : migrationFailed(file.name, statement, error)
      })
    }
    await recordMigration(client, file)
  }
  return keys
}
