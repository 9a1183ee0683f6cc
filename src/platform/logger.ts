import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './configuration.ts'
import { linesForPeople } from './log-lines.ts'

export type { Logger } from 'pino'

/**
 * A logger on standard error: JSON lines, or plain ones where a person watches. Nothing secret reaches it: credentials
 * in the places where they can stand are replaced.
 */
export function createLogger(level: LogLevel, destination: DestinationStream = standardError()): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: describeError },
      redact: { paths: SECRETS, censor: '[redacted]' },
    },
    destination,
  )
}

/** An error without what hangs on it: drivers attach whole connections, and the values of the row that was refused. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown }
  return {
    name,
    message,
    code,
    table,
    constraint,
    stack,
    ...(cause !== undefined && { cause: describeError(cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(describeError) }),
  }
}

/** Written before the call returns: the last line before a crash is the one that is needed. */
function standardError(): DestinationStream {
  if (process.stderr.isTTY) return linesForPeople(line => process.stderr.write(line))
  return pino.destination({ fd: 2, sync: true })
}

const NAMES = ['password', 'authorization', 'cookie', 'connectionString', 'databaseUrl', 'DATABASE_URL']
const SECRETS = NAMES.flatMap(name => [name, `*.${name}`, `*.*.${name}`])
