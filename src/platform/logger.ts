import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './configuration.ts'

export type { Logger } from 'pino'

/** A logger of JSON lines on standard error. Nothing secret reaches it: credentials in known places are replaced. */
export function createLogger(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: SECRETS }, destination)
}

const SECRETS = {
  censor: '[redacted]',
  paths: [
    '*.headers.authorization',
    '*.headers.cookie',
    'headers.authorization',
    'headers.cookie',
    '*.password',
    '*.connectionString',
    'password',
    'connectionString',
    'databaseUrl',
    '*.databaseUrl',
  ],
}
