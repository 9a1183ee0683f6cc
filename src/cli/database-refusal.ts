import pg from 'pg'
import { AppError } from '../platform/errors.ts'

const PRIVILEGE_MISSING = '42501'

/** What the driver says, where it is something the user can put right. Nothing of the address is repeated: it holds a password. */
const REFUSALS: Readonly<Record<string, readonly [code: string, text: string]>> = {
  ECONNREFUSED: [
    'database.unreachable',
    'No PostgreSQL answers at DATABASE_URL. Start it, or correct its host and port.',
  ],
  ENOTFOUND: ['database.unreachable', 'The host of DATABASE_URL is not known. Correct its name.'],
  EAI_AGAIN: [
    'database.unreachable',
    'The host of DATABASE_URL could not be looked up. Try again when the network is there.',
  ],
  ETIMEDOUT: [
    'database.unreachable',
    'PostgreSQL did not answer in time. Check host, port and firewall of DATABASE_URL.',
  ],
  EHOSTUNREACH: [
    'database.unreachable',
    'There is no way to the host of DATABASE_URL. Check the network and the address.',
  ],
  ECONNRESET: [
    'database.connection_lost',
    'PostgreSQL closed the connection. Run the command again; what was not committed is not kept.',
  ],
  '57P01': [
    'database.connection_lost',
    'PostgreSQL was stopped during the command. Start it and run the command again.',
  ],
  '57P03': ['database.starting', 'PostgreSQL is starting up. Try again in a moment.'],
  '28P01': [
    'database.login_refused',
    'PostgreSQL refused the password. Correct login and password in DATABASE_URL.',
  ],
  '28000': [
    'database.login_refused',
    'PostgreSQL refused the login. Correct it in DATABASE_URL, or allow it in pg_hba.conf.',
  ],
  '3D000': [
    'database.not_found',
    'The database that DATABASE_URL names does not exist. Create it with `createdb`, then run `tenantry migrate`.',
  ],
  '53300': [
    'database.too_many_connections',
    'PostgreSQL has no connection left. End others or raise max_connections.',
  ],
  [PRIVILEGE_MISSING]: [
    'database.privilege_missing',
    'The login of DATABASE_URL lacks a privilege. `tenantry doctor` says which one and how to grant it; migrate and limits enforce are for the role that owns the database.',
  ],
  '25006': ['database.read_only', 'This PostgreSQL is a read-only copy. Point DATABASE_URL at the primary.'],
}

export function databaseRefusal(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined
  // An address with several IPs fails with one error for each of them.
  if (error instanceof AggregateError) return error.errors.map(databaseRefusal).find(refusal => refusal)
  if (/^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message))
    return refuse('ETIMEDOUT', error)
  if (error instanceof pg.DatabaseError && error.code === PRIVILEGE_MISSING) {
    const functionName = CALLED.exec(error.where ?? '')?.groups?.name
    if (functionName) return functionRefused(functionName, error)
  }
  return 'code' in error && typeof error.code === 'string' ? refuse(error.code, error) : undefined
}

function refuse(code: string, cause: Error): AppError | undefined {
  const known = REFUSALS[code]
  if (!known) return undefined
  return new AppError(known[0], 'unavailable', known[1], { cause: cause.message }, { cause })
}

/** A trigger of the host's tables runs in the rights of whoever writes, whom nobody granted what only the host uses. */
const functionRefused = (name: string, cause: pg.DatabaseError) =>
  new AppError(
    'database.function_refused',
    'unavailable',
    `The function ${name}, which the database itself runs, was refused: ${cause.message}. Where it is your own (a trigger), make it SECURITY DEFINER, or grant what it needs to the role that writes.`,
    { function: name, cause: cause.message },
    { cause },
  )

/** The innermost function of the server's account of where it was. */
const CALLED = /^(?:PL\/pgSQL function|SQL function) (?<name>"?[\w.]+"?(?:\([^)]*\))?)/m
