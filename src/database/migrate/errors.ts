import pg from 'pg'
import { AppError } from '../../platform/errors.ts'
import type { Statement } from './split-statements.ts'
import { lineAt } from './split-statements.ts'

export const migrationEdited = (names: string[]) =>
  new AppError(
    'database.migration_edited',
    'conflict',
    `${list(names)} changed after having been applied to this database. Restore ${names.length > 1 ? 'them' : 'it'} and put the change into a new migration.`,
    { names },
  )

export const migrationUnknown = (names: string[]) =>
  new AppError(
    'database.migration_unknown',
    'conflict',
    `This database has had ${list(names)} applied, which this version of Tenantry does not have. Run the newer version that made it.`,
    { names },
  )

export const serverTooOld = (version: string) =>
  new AppError(
    'database.server_too_old',
    'conflict',
    `The server is PostgreSQL ${version}. Tenantry needs PostgreSQL 15 or later.`,
    { version },
  )

export const privilegeMissing = (missing: string[], sql: string[]) =>
  new AppError(
    'database.privilege_missing',
    'forbidden',
    `${missing.join(' ')} An administrator of the server can run:\n${sql.map(line => `  ${line}`).join('\n')}`,
    { missing, sql },
  )

export const loginUnknown = (login: string) =>
  new AppError(
    'database.login_unknown',
    'not_found',
    `There is no role ${login} on this server. Create it first: CREATE ROLE ${pg.escapeIdentifier(login)} LOGIN NOINHERIT PASSWORD '…';`,
    { login },
  )

export const loginInheritsOthers = (login: string, roles: string[]) =>
  new AppError(
    'database.login_inherits_others',
    'conflict',
    `${login} inherits the rights of ${list(roles)}. On PostgreSQL 15 a login either inherits from all its roles or from none, and Tenantry's must from none: give Tenantry a login of its own (CREATE ROLE tenantry_login LOGIN NOINHERIT PASSWORD '…';) and name it in DATABASE_URL.`,
    { login, roles },
  )

export const loginInheritsOurs = (login: string, roles: string[]) =>
  new AppError(
    'database.login_inherits_ours',
    'conflict',
    `${login} has the rights of ${list(roles)} at every moment, so that a forgotten organization would show every tenant's rows. Run REVOKE ${list(roles)} FROM ${pg.escapeIdentifier(login)} CASCADE; as the role that granted them, then migrate again.`,
    { login, roles },
  )

export const lockNotGranted = (what: string, seconds: number, cause: unknown) =>
  new AppError(
    'database.lock_not_granted',
    'unavailable',
    `${what}: a long transaction kept its lock for ${Math.ceil(seconds)} s. What was not finished is unchanged: end that transaction (see pg_stat_activity) and migrate again.`,
    { seconds },
    { cause },
  )

/** A failed statement, with its file, its line and what the server advises. */
export function migrationFailed(name: string, statement: Statement, error: unknown): AppError {
  const from = error instanceof pg.DatabaseError ? error : undefined
  const offset = from?.position === undefined ? 0 : Number(from.position) - 1
  const line = statement.line + lineAt(statement.text, offset) - 1
  const source = statement.text.split('\n')[line - statement.line]?.trim() ?? ''
  const text = [
    `${name}:${line}: ${error instanceof Error ? error.message : String(error)}${from?.code ? ` (${from.code})` : ''}`,
    `  ${source}`,
    from?.detail && `  detail: ${from.detail}`,
    from?.where && `  where: ${from.where}`,
    from?.hint && `  hint: ${from.hint}`,
  ]
  return new AppError(
    'database.migration_failed',
    'conflict',
    text.filter(Boolean).join('\n'),
    { name, line, sqlstate: from?.code, hint: from?.hint },
    { cause: error },
  )
}

const list = (names: string[]) => names.join(', ')
