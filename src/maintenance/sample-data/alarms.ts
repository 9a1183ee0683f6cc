import type { SampleAgent } from './agents.ts'
import { DAY, HOUR, MINUTE, startOfDay, weekdayOf } from './calendar.ts'
import type { Conversation } from './conversation.ts'

/** What an agent did that is worth telling of. */
export type Alarm = {
  readonly agent: SampleAgent
  readonly kind: 'errors_increased' | 'rating_dropped'
  readonly at: number
  readonly message: string
}

/** An hour with so many failures stands out. */
const MANY_FAILURES = 2
/** As many ratings in a week say something. */
const ENOUGH_RATINGS = 3

/** Found in what was said, so that whoever follows one sees in the figures what it is about. */
export function alarmsOf(conversations: readonly Conversation[], since: number, now: number): Alarm[] {
  const byAgent = new Map<SampleAgent, Conversation[]>()
  for (const conversation of conversations) {
    const { agent } = conversation
    const known = byAgent.get(agent)
    if (known === undefined) byAgent.set(agent, [conversation])
    else known.push(conversation)
  }
  return [...byAgent].flatMap(([agent, own]) => [
    ...failingHours(agent, own, since),
    ...worseWeeks(agent, own, since, now),
  ])
}

function failingHours(agent: SampleAgent, conversations: readonly Conversation[], since: number): Alarm[] {
  const failures = new Map<number, number>()
  for (const { lines } of conversations)
    for (const { at, failure } of lines) {
      const hour = Math.floor(at / HOUR)
      if (failure !== null) failures.set(hour, (failures.get(hour) ?? 0) + 1)
    }
  return [...failures].flatMap(([hour, count]): Alarm[] =>
    count < MANY_FAILURES || hour * HOUR < since
      ? []
      : [
          {
            agent,
            kind: 'errors_increased',
            at: (hour + 1) * HOUR + MINUTE,
            message: `${count} of its answers failed within an hour.`,
          },
        ],
  )
}

/** Each Monday, of the week that is over against the one before. */
function worseWeeks(
  agent: SampleAgent,
  conversations: readonly Conversation[],
  since: number,
  now: number,
): Alarm[] {
  const ratings = conversations.flatMap(({ rating }) => (rating === null ? [] : [rating]))
  const alarms: Alarm[] = []
  for (let monday = startOfDay(since); monday <= now; monday += DAY) {
    if (weekdayOf(monday) !== 1) continue
    const [before, after] = [monday - 14 * DAY, monday - 7 * DAY].map(start =>
      ratings.filter(({ at }) => at >= start && at < start + 7 * DAY).map(({ score }) => score),
    )
    if (before === undefined || after === undefined) continue
    if (before.length < ENOUGH_RATINGS || after.length < ENOUGH_RATINGS) continue
    const [was, is] = [mean(before), mean(after)]
    if (was - is < 0.5) continue
    const message = `${is.toFixed(1)} on average last week, after ${was.toFixed(1)} in the week before.`
    alarms.push({ agent, kind: 'rating_dropped', at: monday + 6 * HOUR + 5 * MINUTE, message })
  }
  return alarms
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length
