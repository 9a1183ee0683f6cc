import type { MigrationStatus } from '../database/migrate/index.ts'
import { AppError } from '../platform/errors.ts'

export function notMigrated(missing: readonly MigrationStatus[]): AppError {
  const [first] = missing.map(({ name, state }) => `${name} is ${state}`)
  const others = missing.length > 1 ? ` and ${missing.length - 1} more are not applied` : ''
  return new AppError(
    'database.not_migrated',
    'conflict',
    `The database is not on the schema of this version: ${first}${others}. Run \`tenantry migrate\` first.`,
    { migrations: missing },
  )
}

export const databaseLost = (reason: string) =>
  new AppError(
    'database.lost',
    'unavailable',
    `${reason}. Read the log, then start the server again; every acknowledged write is kept.`,
  )

/** The refusal where the operating system does not give the address; undefined where it is something else. */
export function addressUnusable(error: unknown, host: string, port: number): AppError | undefined {
  const text =
    error instanceof Error && 'code' in error ? REASONS[String(error.code)]?.(host, port) : undefined
  return text === undefined
    ? undefined
    : new AppError('server.address_unusable', 'conflict', text, { host, port })
}

const REASONS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} of ${host} is taken by another program. Stop that one, or choose another port: PORT=${port === 65_535 ? 3000 : port + 1}.`,
  EACCES: (_host, port) =>
    `The operating system does not let this user have port ${port}. Choose one above 1023: PORT=3000.`,
  EADDRNOTAVAIL: host =>
    `HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of them.`,
  ENOTFOUND: host =>
    `HOST=${host} is not known. Use 127.0.0.1, or 0.0.0.0 for all addresses of this machine.`,
}
