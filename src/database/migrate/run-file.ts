import type pg from 'pg'
import { migrationFailed } from './errors.ts'
import type { MigrationFile } from './files.ts'
import { waitedForLock } from './retry.ts'

/** Runs the statements of one file in the open transaction; the first that fails is named with its file and line. */
export async function runFile(client: pg.ClientBase, file: MigrationFile): Promise<void> {
  for (const statement of file.statements) {
    try {
      await client.query(statement.text)
    } catch (error) {
      throw waitedForLock(error) ? error : migrationFailed(file.name, statement, error)
    }
  }
}
