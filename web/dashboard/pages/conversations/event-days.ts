import { dayOf, daysAfter, MOST_DAYS, type PeriodSearch } from '../../../ui/period.ts'
import type { Conversation } from './query.ts'

/** People rate days after the last word. */
const DAYS_BEHIND = 7

/** The days that have the events of a conversation; where its beginning is not known, the last ones. */
export function eventDaysOf(
  { started_at, ended_at, last_message_at }: Conversation,
  timeZone: string,
  now: Date,
): PeriodSearch {
  if (started_at === null) return {}
  const from = dayOf(new Date(started_at), timeZone)
  const last = [ended_at, last_message_at]
    .filter(at => at !== null)
    .sort()
    .at(-1)
  const to =
    last === undefined
      ? daysAfter(from, MOST_DAYS - 1)
      : daysAfter(dayOf(new Date(last), timeZone), DAYS_BEHIND)
  return { from, to: [to, daysAfter(from, MOST_DAYS - 1), dayOf(now, timeZone)].sort()[0] }
}
