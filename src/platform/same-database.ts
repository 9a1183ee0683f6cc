import { type Configuration, DEFAULT_DATA_DIR } from './configuration.ts'

/**
 * How a command in another shell of the same folder reaches the database of this configuration: what stands before the
 * command, and what that shell needs besides. DATABASE_URL may hold a password, so it is named and never shown.
 */
export function sameDatabase({
  databaseUrl,
  dataDir,
}: Pick<Configuration, 'databaseUrl' | 'dataDir'>): SameDatabase {
  if (databaseUrl !== undefined) return { prefix: '', condition: ', with the same DATABASE_URL' }
  const prefix = dataDir === DEFAULT_DATA_DIR ? '' : `TENANTRY_DATA_DIR=${quoted(dataDir)} `
  return { prefix, condition: '' }
}

export type SameDatabase = { readonly prefix: string; readonly condition: string }

/** As a POSIX shell reads it back. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
