import type pg from 'pg'
import { migrationFailed } from './errors.ts'
import type { MigrationFile } from './files.ts'
import { recordMigration } from './ledger.ts'
import { retryWhile, waitedForLock } from './retry.ts'
import type { Statement } from './split-statements.ts'

/**
 * Runs a `-- no-transaction` file: each statement commits by itself, so each is written to be run again
 * (IF NOT EXISTS); the file counts as applied when its last one has succeeded.
 */
export async function runFileOutside(
  client: pg.ClientBase,
  file: MigrationFile,
  patienceMs: number,
): Promise<void> {
  try {
    for (const statement of file.statements) {
      await retryWhile(waitedForLock, patienceMs, () => runStatement(client, file, statement))
    }
    await client.query('SET ROLE tenantry_owner')
    await recordMigration(client, file)
  } finally {
    await client.query('RESET ROLE; RESET lock_timeout; RESET search_path')
  }
}

async function runStatement(client: pg.ClientBase, file: MigrationFile, statement: Statement): Promise<void> {
  await client.query(`SET ROLE tenantry_owner; SET lock_timeout = '800ms'; SET search_path = public`)
  const index = CREATE_INDEX.exec(statement.text)?.groups
  try {
    if (index?.name && index.table) {
      await client.query(`RESET ROLE; SET ROLE ${await ownerOf(client, index.table)}`)
      await dropInvalidIndex(client, index.name)
    }
    await client.query(statement.text)
  } catch (error) {
    throw waitedForLock(error) ? error : migrationFailed(file.name, statement, error)
  }
}

/** A table that a host brought has the host's owner, and only that may index it. */
async function ownerOf(client: pg.ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ owner: string }>(
    'SELECT relowner::regrole::text AS owner FROM pg_class WHERE oid = $1::regclass',
    [table],
  )
  return rows[0]?.owner ?? 'tenantry_owner'
}

/** What an interrupted CREATE INDEX CONCURRENTLY leaves behind is used by no query, and IF NOT EXISTS would keep it. */
async function dropInvalidIndex(client: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await client.query(
    'SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
    [name],
  )
  if (rowCount) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`)
}

const CREATE_INDEX =
  /^create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(?<name>[\w."]+)\s+on\s+(?:only\s+)?(?<table>[\w."]+)/i
