import type { SampleAgent } from './agents.ts'
import { DAY, dateOf, HOUR, localInstant, MINUTE, startOfDay, weekdayOf } from './calendar.ts'
import type { Conversation } from './conversation.ts'
import { Dialogue } from './dialogue.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import type { Random } from './random.ts'
import { HISTORY_DAYS } from './scale.ts'
import { INDUSTRIES } from './texts/industries.ts'

/** What was said in the organization in one day of its own calendar, up to now. */
export function conversationsOf(
  organization: SampleOrganization,
  people: { agents: readonly SampleAgent[]; members: readonly Member[] },
  day: number,
  now: number,
): Conversation[] {
  const { timeZone, industry, createdAt, lastUseAt } = organization
  const random = organization.random.of(`conversations ${dateOf(day)}`)
  const busyness = INDUSTRIES[industry].hours
  const hours = busyness.map((weight, hour) => ({ weight, hour }))
  const earliest = startOfDay(now) - (HISTORY_DAYS - 1) * DAY
  const conversations: Conversation[] = []
  const count = random.count(expectedOn(organization, day, now, random))
  for (let number = 0; number < count; number++) {
    // Each has numbers of its own, so that where the history ends changes none that came before.
    const own = random.of(String(number))
    const { hour } = own.pickWeighted(hours, ({ weight }) => weight)
    const startedAt = localInstant(timeZone, day, hour * HOUR + own.integer(0, HOUR - 1))
    if (startedAt < Math.max(createdAt, earliest) || startedAt > Math.min(lastUseAt, now)) continue
    const conversation = makeConversation(organization, people, startedAt, own)
    if (conversation !== undefined) conversations.push(upTo(conversation, now))
  }
  return conversations.sort((one, other) => one.startedAt - other.startedAt)
}

/** More at the end than at the beginning, less at weekends (or more, in a shop), no day like another. */
function expectedOn(
  { volume, story, industry, createdAt }: SampleOrganization,
  day: number,
  now: number,
  random: Random,
) {
  const [saturday, sunday] = INDUSTRIES[industry].weekend
  const weekday = weekdayOf(day)
  const ofWeekday = weekday === 6 ? saturday : weekday === 0 ? sunday : 1
  const progress = 1 - (startOfDay(now) - day) / (HISTORY_DAYS * DAY)
  const start = story === 'growing' ? 0.4 : story === 'canceling' ? 1.3 : 0.8
  const growth = start + (1 - start) * progress
  const rampUp = Math.min(1, Math.max(0.1, (day - createdAt) / (20 * DAY)))
  return volume * ofWeekday * growth * rampUp * random.logNormal(1, 0.18)
}

function makeConversation(
  organization: SampleOrganization,
  { agents, members }: { agents: readonly SampleAgent[]; members: readonly Member[] },
  startedAt: number,
  random: Random,
): Conversation | undefined {
  const present = agents.filter(agent => agent.launchedAt <= startedAt && startedAt < agent.retiredAt)
  if (present.length === 0) return undefined
  const agent = random.pickWeighted(present, ({ share }) => share)
  const joined = members.filter(member => member.isActive && member.joinedAt < startedAt)
  const member = agent.isInternal && joined.length > 0 ? random.pickSkewed(joined) : null
  // People who come once and people who come again and again, more of them in a larger organization.
  const known = Math.ceil(organization.volume * 12)
  const visitor = Math.floor(random.unit() ** 2.2 * known)
  const dialogue = new Dialogue(agent, random, slownessAt(organization, startedAt))
  const lines = dialogue.write(startedAt)
  const end = lines.at(-1)?.at ?? startedAt
  const isRated = random.chance(0.14)
  return {
    id: random.uuid(),
    agent,
    member,
    endUserId: member === null ? `visitor-${String(visitor).padStart(4, '0')}` : null,
    channel: random.pickWeighted(['web', 'whatsapp', 'email', 'app'], name => (name === 'web' ? 6 : 1.5)),
    startedAt,
    lines,
    random,
    rating: isRated ? { score: dialogue.score(), at: end + random.integer(5_000, 10 * MINUTE) } : null,
  }
}

/** In the largest organizations there was one bad afternoon, on which everything took long and more of it failed. */
function slownessAt({ rank, lastUseAt }: SampleOrganization, instant: number): number {
  if (rank > 2) return 1
  const day = startOfDay(lastUseAt) - (17 + rank * 12) * DAY
  return instant >= day + 13 * HOUR && instant < day + 17 * HOUR ? 5 : 1
}

/** The same conversation as it stands at that time: what has not been said yet is missing. */
function upTo(conversation: Conversation, now: number): Conversation {
  const { lines, rating } = conversation
  return {
    ...conversation,
    lines: lines.filter(line => line.at <= now),
    rating: rating !== null && rating.at <= now ? rating : null,
  }
}
