export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The first millisecond of the day (UTC) that holds the instant. */
export function startOfDay(instant: number): number {
  return Math.floor(instant / DAY) * DAY
}

/** The calendar day (UTC), as 2026-03-01. */
export function dateOf(instant: number): string {
  return iso(instant).slice(0, 10)
}

export function iso(instant: number): string {
  return new Date(instant).toISOString()
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return new Date(day).getUTCDay()
}

/** So many months later; days up to the 28th stay what they are. */
export function addMonths(instant: number, months: number): number {
  const date = new Date(instant)
  return date.setUTCMonth(date.getUTCMonth() + months)
}

/** When the clocks of the zone show `time` (milliseconds since midnight) on the calendar day that `day` begins in UTC. */
export function localInstant(zone: string, day: number, time: number): number {
  return day + time - offsetOf(zone, day)
}

const offsets = new Map<string, number>()
const formats = new Map<string, Intl.DateTimeFormat>()

/** How far the zone is ahead of UTC at noon of the day: the night in which clocks are changed needs no more. */
function offsetOf(zone: string, day: number): number {
  const key = `${zone} ${day}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, format)
  const parts = format.formatToParts(day + DAY / 2)
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE)
  offsets.set(key, offset)
  return offset
}
