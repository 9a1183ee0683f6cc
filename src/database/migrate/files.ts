import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Statement, splitStatements } from './split-statements.ts'

/** The migrations that this package delivers. */
export const MIGRATIONS_DIRECTORY = fileURLToPath(new URL('../../../migrations', import.meta.url))

export interface MigrationFile {
  name: string
  sha256: string
  /** False when the first line says `-- no-transaction`: its statements then commit one by one. */
  transactional: boolean
  /** True when the first line says `-- after-adoption`: what it refers to, a host's Phase 1 has only then. */
  afterAdoption: boolean
  statements: Statement[]
}

/** Every migration of a directory in its order; other files are passed by. */
export async function readMigrationFiles(directory: string): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter(name => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async name => parseMigrationFile(name, await readFile(join(directory, name), 'utf8'))),
  )
}

function parseMigrationFile(name: string, content: string): MigrationFile {
  // A checkout with other line ends is the same file.
  const sql = content.replaceAll('\r\n', '\n')
  return {
    name,
    sha256: createHash('sha256').update(sql).digest('hex'),
    transactional: !/^--\s*no-transaction\b/.test(sql),
    afterAdoption: /^--\s*after-adoption\b/.test(sql),
    statements: splitStatements(sql),
  }
}
