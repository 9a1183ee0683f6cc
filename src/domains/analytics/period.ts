import { dateInvalid, periodReversed, periodTooLong } from './errors.ts'

/** Calendar days, both included, as YYYY-MM-DD. */
export type Period = { readonly from: string; readonly to: string }

export const MOST_DAYS = 400

/** The period as it was given; one that cannot be read in one answer is refused. */
export function checkPeriod({ from, to }: Period, most = MOST_DAYS): Period {
  const [first, last] = [dayOf('from', from), dayOf('to', to)]
  if (last < first) throw periodReversed(from, to)
  const days = (last - first) / DAY_MS + 1
  if (days > most) throw periodTooLong(days, most)
  return { from, to }
}

/** How many days the period has. */
export function daysOf({ from, to }: Period): number {
  return (dayOf('to', to) - dayOf('from', from)) / DAY_MS + 1
}

/** The day so many days later, or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(dayOf('date', date) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Each day of the period, in order. */
export function datesOf(period: Period): string[] {
  return Array.from({ length: daysOf(period) }, (_, index) => addDays(period.from, index))
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** A date that the calendar does not have is none, though `Date` would take it for one of the next month. */
function dayOf(parameter: string, date: string): number {
  const day = SHAPE.test(date) ? new Date(`${date}T00:00:00Z`) : undefined
  if (day === undefined || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date))
    throw dateInvalid(parameter, date)
  return day.getTime()
}

/** The calendar of PostgreSQL has no year 0. */
const SHAPE = /^(?!0000)\d{4}-\d{2}-\d{2}$/
