import type pg from 'pg'
import { lockNotGranted, migrationFailed } from './errors.ts'
import type { MigrationFile } from './files.ts'
import { recordMigration } from './ledger.ts'
import { LOCK_TIMEOUT_MS, retryWhile, waitedForLock } from './retry.ts'
import type { Statement } from './split-statements.ts'

/**
 * Runs a `-- no-transaction` file. Each statement commits by itself and is written so that it can be run again
 * (IF NOT EXISTS); the file counts as applied when its last one has succeeded.
 */
export async function runFileOutside(run: {
  client: pg.ClientBase
  file: MigrationFile
  lockPatienceMs: number
  report: (line: string) => void
}): Promise<void> {
  const { client, file, lockPatienceMs } = run
  await client.query('SET search_path = public')
  try {
    for (const statement of file.statements) {
      // CONCURRENTLY waits for every open transaction, but nobody waits for it.
      const timeoutMs = CONCURRENTLY.test(statement.text) ? lockPatienceMs : LOCK_TIMEOUT_MS
      await client.query(`SET lock_timeout = '${timeoutMs}ms'`)
      await retryWhile(waitedForLock, lockPatienceMs, () => runStatement(client, file, statement))
    }
    await client.query('SET ROLE tenantry_owner')
    await recordMigration(client, file)
  } catch (error) {
    throw waitedForLock(error) ? lockNotGranted(file.name, lockPatienceMs / 1_000, error) : error
  } finally {
    await client.query('RESET ROLE; SET lock_timeout = 0; RESET search_path')
  }
  run.report(`applied ${file.name}`)
}

async function runStatement(client: pg.ClientBase, file: MigrationFile, statement: Statement): Promise<void> {
  try {
    await client.query('SET ROLE tenantry_owner')
    const index = CREATE_INDEX.exec(statement.text)?.groups
    if (index?.name && index.table) await prepareForIndex(client, index.name, index.table)
    await client.query(statement.text)
  } catch (error) {
    throw waitedForLock(error) ? error : migrationFailed(file.name, statement, error)
  }
}

async function prepareForIndex(client: pg.ClientBase, name: string, table: string): Promise<void> {
  const { rows } = await client.query<{ owner: string; ours: boolean; invalid: boolean }>(
    `SELECT relowner::regrole::text AS owner, relowner = 'tenantry_owner'::regrole AS ours,
       EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($2) AND NOT indisvalid) AS invalid
     FROM pg_class WHERE oid = to_regclass($1)`,
    [table, name],
  )
  // A table that a host brought has the host's owner, and only that one may index it.
  if (rows[0] && !rows[0].ours) await client.query(`RESET ROLE; SET ROLE ${rows[0].owner}`)
  // What an interrupted CREATE INDEX CONCURRENTLY leaves is of no use to any query, and IF NOT EXISTS would keep it.
  if (rows[0]?.invalid) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`)
}

const CONCURRENTLY = /^(create|drop|reindex)\b.*\bconcurrently\b/i
const CREATE_INDEX =
  /^create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(?<name>[\w."]+)\s+on\s+(?:only\s+)?(?<table>[\w."]+)/i
