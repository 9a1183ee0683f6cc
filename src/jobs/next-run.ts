import { type CronItem, parseCronItems } from 'graphile-worker'

const MINUTE_MS = 60_000
const DAYS = 32

/** The next minute in which the clock starts the task, in UTC as the schedule is; undefined where none is within a month. */
export function nextRun(scheduled: CronItem, now: Date): Date | undefined {
  const [parsed] = parseCronItems([scheduled])
  const first = Math.floor(now.getTime() / MINUTE_MS) + 1
  for (let minute = first; minute < first + DAYS * 24 * 60; minute++) {
    const at = new Date(minute * MINUTE_MS)
    const digest = {
      min: at.getUTCMinutes(),
      hour: at.getUTCHours(),
      date: at.getUTCDate(),
      month: at.getUTCMonth() + 1,
      dow: at.getUTCDay(),
    }
    if (parsed?.match(digest)) return at
  }
  return undefined
}
