import type pg from 'pg'
import { lockNotGranted, migrationFailed } from './errors.ts'
import type { MigrationFile } from './files.ts'
import { recordMigration } from './ledger.ts'
import { indexPartitions } from './phase-one/index-partitions.ts'
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
      await retryWhile(waitedForLock, lockPatienceMs, () => runStatement({ ...run, statement }))
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

async function runStatement(run: {
  client: pg.ClientBase
  file: MigrationFile
  lockPatienceMs: number
  statement: Statement
}): Promise<void> {
  const { client, file, lockPatienceMs, statement } = run
  try {
    await client.query('SET ROLE tenantry_owner')
    const { name, table, form } = CREATE_INDEX.exec(statement.text)?.groups ?? {}
    const index = name && table && form ? { name, table, form } : undefined
    if (index && (await prepareForIndex(client, index)).partitioned)
      await indexPartitions(client, index, lockPatienceMs)
    else await client.query(statement.text)
  } catch (error) {
    throw waitedForLock(error) ? error : migrationFailed(file.name, statement, error)
  }
}

async function prepareForIndex(client: pg.ClientBase, index: { name: string; table: string }) {
  const { rows } = await client.query<{
    owner: string
    ours: boolean
    partitioned: boolean
    invalid: boolean
    superuser: boolean
  }>(
    `SELECT relowner::regrole::text AS owner, relowner = 'tenantry_owner'::regrole AS ours, relkind = 'p' AS partitioned,
       EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($2) AND NOT indisvalid) AS invalid,
       (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) AS superuser
     FROM pg_class WHERE oid = to_regclass($1)`,
    [index.table, index.name],
  )
  const table = rows[0]
  if (!table) return { partitioned: false }
  // A table that a host brought has the host's owner, and only that one, or a superuser, may index it.
  if (!table.ours) await client.query(table.superuser ? 'RESET ROLE' : `RESET ROLE; SET ROLE ${table.owner}`)
  // What an interrupted CREATE INDEX CONCURRENTLY leaves is of no use to any query, and IF NOT EXISTS would keep it.
  if (table.invalid && !table.partitioned)
    await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index.name}`)
  return { partitioned: table.partitioned }
}

const CONCURRENTLY = /^(create|drop|reindex)\b.*\bconcurrently\b/i
const CREATE_INDEX =
  /^create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(?<name>[\w."]+)\s+on\s+(?:only\s+)?(?<table>[\w."]+)\s+(?<form>[\s\S]+)$/i
