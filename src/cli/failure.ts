import { AppError } from '../platform/errors.ts'
import { databaseRefusal } from './database-refusal.ts'
import { Interrupted } from './interruption.ts'
import { UsageError } from './usage.ts'

export type Failure = {
  code: string
  message: string
  hint?: string | undefined
  details?: Readonly<Record<string, unknown>> | undefined
  stack?: string | undefined
  exitCode: number
}

const REFUSAL = 1
const USAGE = 2
const BUG = 70

/** What the user is told of anything thrown, and what the process ends with: 1 refusal, 2 usage, 70 bug, 128+n signal. */
export function failureOf(error: unknown): Failure {
  const stack = error instanceof Error ? error.stack : undefined
  if (error instanceof UsageError)
    return { code: error.code, message: error.message, hint: error.hint, stack, exitCode: USAGE }
  if (error instanceof Interrupted)
    return { code: 'cli.interrupted', message: error.message, stack, exitCode: error.exitCode }
  const refusal = error instanceof AppError ? error : databaseRefusal(error)
  if (refusal) {
    const details = Object.keys(refusal.details).length > 0 ? refusal.details : undefined
    return {
      code: refusal.code,
      ...split(refusal.message),
      details,
      stack,
      exitCode: isUsage(refusal) ? USAGE : REFUSAL,
    }
  }
  return {
    code: 'cli.bug',
    message: `unexpected: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'this is a bug of tenantry; --trace shows where it happened',
    stack,
    exitCode: BUG,
  }
}

/** What a domain says of a value is about how the command was written; the environment is not part of the command. */
const isUsage = ({ kind, code }: AppError) => kind === 'invalid' && !code.startsWith('configuration.')

/** A refusal says what is wrong, then what to do: the first sentence is the error, the rest (of a list, its last line) the hint. */
function split(text: string): { message: string; hint?: string } {
  const end = text.includes('\n') ? /\n(?=\S[^\n]*$)/.exec(text) : /[.!?] (?=["`A-Z])/.exec(text)
  if (!end) return { message: text }
  return { message: text.slice(0, end.index + 1).trimEnd(), hint: text.slice(end.index + end[0].length) }
}
