const SHAPE = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/i
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * The instant of an RFC 3339 timestamp as whole microseconds since 1970, exactly, or undefined where it is none.
 * Digits beyond the microsecond are cut off, so the same text always gives the same instant; a leap second is the
 * second after it, as PostgreSQL has it. An offset is required: without one the text names no instant.
 */
export function parseRfc3339(text: string): number | undefined {
  const parts = SHAPE.exec(text)
  if (parts === null) return undefined
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])]
  if (day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 60) return undefined
  const offset = parts[8] === undefined ? 0 : offsetMinutes(parts[8], Number(parts[9]), Number(parts[10]))
  if (offset === undefined) return undefined
  const microseconds = parts[7] === undefined ? 0 : Number(parts[7].slice(0, 6).padEnd(6, '0'))
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

function offsetMinutes(sign: string, hours: number, minutes: number): number | undefined {
  if (hours > 23 || minutes > 59) return undefined
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes)
}

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
