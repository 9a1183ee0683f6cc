import { FORMATS, type Format } from '../domains/analytics/index.ts'
import {
  MEMBER_ROLES,
  type MemberRole,
  MOST_OVERLAP_HOURS,
  PLANS,
  SCOPES,
  type Scope,
} from '../domains/organizations/index.ts'
import { SCHEDULE } from '../jobs/schedule.ts'
import { SCALES, type ScaleName } from '../maintenance/sample-data/scale.ts'
import { parseRfc3339 } from '../platform/rfc3339.ts'
import { isUuid } from '../platform/uuid.ts'
import type { Duty } from '../queue/tasks.ts'
import { nearest } from './nearest.ts'
import { UsageError } from './usage.ts'

/** The id of an organization, as `organization create` printed it. */
export function organizationId(text: string): string {
  if (isUuid(text)) return text.toLowerCase()
  throw invalid(
    `"${text}" is not the id of an organization.`,
    'write the UUID that `tenantry organization create` printed, like 0190b2f6-7d3a-7c41-9b1e-2f8f6a1c5d00',
  )
}

/** The id of an API key, which is not the key itself: a key in a command line would stay in the shell's history. */
export function apiKeyId(text: string): string {
  if (isUuid(text)) return text.toLowerCase()
  const what = text.startsWith('tny_')
    ? 'This is the key itself, not its id.'
    : `"${text}" is not the id of an API key.`
  throw invalid(what, '`tenantry api-key list` shows the id of each key, beside its first characters')
}

export function email(text: string): string {
  if (text.length <= 255 && /^[^@\s]+@[^@\s]+$/.test(text)) return text
  throw invalid(`"${text}" is not an e-mail address.`, 'write it like ada@acme.example')
}

/** A plan of ours or of the host product; but what looks like a slip of one of ours would silently lift its limits. */
export function plan(text: string): string {
  const near = PLANS.some(known => known === text) ? undefined : nearest(text, PLANS)
  if (near)
    throw invalid(`"${text}" is not a plan.`, `did you mean ${near}? The plans are ${PLANS.join(', ')}`)
  if (/^[a-z0-9][a-z0-9_.-]{0,49}$/.test(text)) return text
  throw invalid(
    `"${text}" is not a plan.`,
    `write ${PLANS.join(', ')}, or a plan of your own in small letters`,
  )
}

export function timeZone(text: string): string {
  if (isTimeZone(text)) return text
  const near = nearest(text, Intl.supportedValuesOf('timeZone'))
  throw invalid(
    `"${text}" is not a time zone.`,
    near ? `did you mean ${near}?` : 'write a name of the IANA list, like Europe/Berlin or UTC',
  )
}

export const scale = (text: string): ScaleName => oneOf('scale', text, SCALE_NAMES)

/** An instant as events bear it, with its offset. */
export function instant(text: string): Date {
  const microseconds = parseRfc3339(text)
  if (microseconds !== undefined) return new Date(microseconds / 1000)
  throw invalid(`"${text}" is not an instant.`, 'write it with its offset, like 2026-11-22T09:30:00Z')
}

export const eventFormat = (text: string): Format => oneOf('format', text, FORMATS)

export function seed(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number
  throw invalid(`"${text}" is not a seed.`, 'write a whole number, like 1 or 4711')
}

export const role = (text: string): MemberRole => oneOf('role', text, MEMBER_ROLES)

export function overlapHours(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= MOST_OVERLAP_HOURS) return Number(text)
  throw invalid(`"${text}" is not an overlap.`, `write a number of hours from 0 to ${MOST_OVERLAP_HOURS}`)
}

/** `--scope` may stand several times. */
export const scopes = (text: string, before: readonly Scope[] = []): Scope[] => [
  ...before,
  ...text.split(',').map(scope => oneOf('scope', scope.trim(), SCOPES)),
]

/** A month of the archive. */
export function month(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text
  throw invalid(`"${text}" is not a month.`, 'write year and month, like 2026-01')
}

/** What the clock starts, by its name or by the part of it behind the dot. */
export function duty(text: string): Duty {
  const tasks = SCHEDULE.map(({ task }) => task)
  return tasks.find(task => task.slice(task.indexOf('.') + 1) === text) ?? oneOf('duty', text, tasks)
}

function oneOf<T extends string>(what: string, text: string, known: readonly T[]): T {
  const found = known.find(value => value === text)
  if (found !== undefined) return found
  const near = nearest(text, known)
  const list = `one of ${known.join(', ')}`
  throw invalid(`"${text}" is not a ${what}.`, near ? `did you mean ${near}? It is ${list}` : `write ${list}`)
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return /^[A-Za-z]/.test(text)
  } catch {
    return false
  }
}

const SCALE_NAMES = Object.keys(SCALES) as ScaleName[]

const invalid = (message: string, hint: string) => new UsageError('cli.value_invalid', message, hint)
