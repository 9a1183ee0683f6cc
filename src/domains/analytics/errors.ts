import { AppError } from '../../platform/errors.ts'

export const overloaded = () =>
  new AppError(
    'analytics.overloaded',
    'unavailable',
    'Events arrive faster than they can be stored. Nothing of this request was stored; send it again in a second.',
    { retry_after_seconds: 1 },
  )

/** The one refusal of events that does not say "nothing was stored": the answer to COMMIT never came. */
export const outcomeUnknown = (cause: unknown) =>
  new AppError(
    'analytics.outcome_unknown',
    'unavailable',
    'The connection to the database broke at the last moment: the events may or may not be stored. Send them again with the same ids; none is counted twice.',
    { retry_after_seconds: 1 },
    { cause },
  )

export const dateInvalid = (parameter: string, date: string) =>
  new AppError(
    'analytics.date_invalid',
    'invalid',
    `"${parameter}" is "${date}", which is no day of the calendar. Write it as YYYY-MM-DD, like 2026-03-01.`,
    { parameter },
  )

export const periodReversed = (from: string, to: string) =>
  new AppError(
    'analytics.period_reversed',
    'invalid',
    `"from" (${from}) is later than "to" (${to}). Swap them; both days are included.`,
  )

export const periodTooLong = (days: number, most: number) =>
  new AppError(
    'analytics.period_too_long',
    'invalid',
    `The period has ${days} days, and one answer at most ${most}. Ask for it in parts.`,
    { days, most },
  )

export const noWorker = (days: number) =>
  new AppError(
    'analytics.no_worker',
    'unavailable',
    `The metrics of ${days} ${days === 1 ? 'day are' : 'days are'} behind their events, and no worker runs that would recompute them. Start one with "tenantry serve".`,
    { dirty_days: days },
  )

export const csvHeaderInvalid = (faults: readonly string[]) =>
  new AppError(
    'analytics.csv_header_invalid',
    'invalid',
    `The first line of a CSV file names the fields of its events: ${faults.join(', ')}. Put what is your own into columns like properties.channel. Nothing was imported.`,
    { faults },
  )

/** Events of sealed days never come so far: it is those of organizations that had none in that month. */
export const monthFrozen = (cause: { readonly table?: string | undefined }) => {
  const month = cause.table?.slice(-7).replace('_', '-')
  return new AppError(
    'analytics.month_frozen',
    'unavailable',
    `The archived events of ${month} are leaving the database, which takes no others of that month meanwhile. Send them again in a minute, with the same ids: none is counted twice. Where it lasts longer, "tenantry maintain run archive-events" says what holds it up.`,
    { month, retry_after_seconds: 60 },
    { cause },
  )
}

/** `createdAt` and `sealedUntil` are known where the file was looked through beforehand. */
export const daySealed = (line: number, createdAt?: Date, sealedUntil?: Date) =>
  new AppError(
    'analytics.day_sealed',
    'conflict',
    sealedUntil === undefined
      ? `Line ${line} is an event of a day that was sealed while the file was imported: its events are archived and its figures final. What was imported before stays.`
      : `Line ${line} is an event of ${createdAt?.toISOString()}, and everything before ${sealedUntil.toISOString()} is sealed: its events are archived and its figures final. Nothing was imported. Leave the older lines out.`,
    { line, ...(sealedUntil && { sealed_until: sealedUntil.toISOString() }) },
  )

export const timeInvalid = (parameter: string, time: string) =>
  new AppError(
    'analytics.time_invalid',
    'invalid',
    `"${parameter}" is "${time}", which is neither a day, like 2026-03-01, nor an instant with its offset, like 2026-03-01T10:00:00Z.`,
    { parameter },
  )

export const propertyFilterInvalid = (filter: string) =>
  new AppError(
    'analytics.property_filter_invalid',
    'invalid',
    `"${filter}" names no property and value. Write property=channel:chat.`,
  )

export const queryTooSlow = (seconds: number) =>
  new AppError(
    'analytics.query_too_slow',
    'unavailable',
    `There are too many events to look through within ${seconds} s, so the question was stopped. Ask about a shorter period ("from" and "to").`,
    { limit_seconds: seconds },
  )
