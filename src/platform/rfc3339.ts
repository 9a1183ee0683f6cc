const SHAPE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * The instant of an RFC 3339 timestamp as whole microseconds since 1970, exactly, or undefined where it is none.
 * Digits beyond the microsecond are cut off, so the same text always gives the same instant; a leap second, which only
 * ends a day of UTC, is the second after it, as PostgreSQL has it. An offset is required: without one the text names no instant.
 */
export function parseRfc3339(text: string): number | undefined {
  if (!SHAPE.test(text)) return undefined
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)]
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)]
  if (day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 60) return undefined
  const isUtc = isLetter(text.charCodeAt(text.length - 1))
  const offset = isUtc ? 0 : offsetMinutes(text.slice(-6))
  if (offset === undefined) return undefined
  if (second === 60 && !endsDay(hour * 60 + minute - offset)) return undefined
  const microseconds = fraction(text, text.length - (isUtc ? 1 : 6))
  return (utcMilliseconds(year, month, day, hour, minute, second) - offset * 60_000) * 1000 + microseconds
}

/** An instant in whole microseconds since 1970 as an RFC 3339 timestamp in UTC. */
export function formatRfc3339(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000)
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0')
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`
}

function daysOf(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && isLeapYear ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0)
}

/** True for the last minute of a day, which the offset may have moved into another day. */
function endsDay(minutes: number): boolean {
  return (minutes + 2 * MINUTES_OF_DAY) % MINUTES_OF_DAY === MINUTES_OF_DAY - 1
}

const MINUTES_OF_DAY = 24 * 60

/** The offset in a text like +01:30. */
function offsetMinutes(text: string): number | undefined {
  const [hours, minutes] = [digits(text, 1, 3), digits(text, 4, 6)]
  if (hours > 23 || minutes > 59) return undefined
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** The first six digits of the fraction, which begins after the seconds and the point, if there is one. */
function fraction(text: string, end: number): number {
  let microseconds = 0
  for (let at = 20; at < 26; at++)
    microseconds = microseconds * 10 + (at < end ? text.charCodeAt(at) - ZERO : 0)
  return microseconds
}

/** The number that digits make; read one by one, because this runs for every event. */
function digits(text: string, start: number, end: number): number {
  let number = 0
  for (let at = start; at < end; at++) number = number * 10 + text.charCodeAt(at) - ZERO
  return number
}

const ZERO = '0'.charCodeAt(0)
const isLetter = (code: number) => code > '9'.charCodeAt(0)

/** Date.UTC takes the years 0 to 99 for 1900 to 1999; 400 years are a whole number of days and weeks. */
function utcMilliseconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
) {
  if (year > 99) return Date.UTC(year, month - 1, day, hour, minute, second)
  return Date.UTC(year + 400, month - 1, day, hour, minute, second) - 146_097 * 86_400_000
}
