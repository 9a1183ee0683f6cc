/** A period of days, as it stands in the address. */
export type Period = { readonly from: string; readonly to: string }
export type PeriodSearch = { from?: string | undefined; to?: string | undefined }

/** The longest period that is answered. */
export const MOST_DAYS = 400

const DATE = /^\d{4}-\d{2}-\d{2}$/

export const isDate = (text: unknown): text is string =>
  typeof text === 'string' && DATE.test(text) && !Number.isNaN(Date.parse(text))

/** What an address may say of a period; a wrong one counts as none, which is the last 30 days. */
export function periodOf({ from, to }: Record<string, unknown>): PeriodSearch {
  return isDate(from) && isDate(to) && from <= to ? { from, to } : { from: undefined, to: undefined }
}

/** The last days up to today, where the organization is. */
export function lastDays(days: number, timeZone: string, now = new Date()): Period {
  const to = dayOf(now, timeZone)
  return { from: daysAfter(to, 1 - days), to }
}

/** The day that a moment belongs to, where the organization is. */
export const dayOf = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)

export const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

const DAY_MS = 86_400_000

export const daysOf = ({ from, to }: Period) => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
