import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A directory of migrations for the running test, by file name. */
export function writeMigrations(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'tenantry-migrations-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, name), sql)
  return directory
}
