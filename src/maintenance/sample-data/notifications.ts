import type { SampleAgent } from './agents.ts'
import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso, startOfDay } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import type { Random } from './random.ts'

type Row = SampleRow<'notifications'>
type Kind = Pick<Row, 'type' | 'category' | 'title' | 'message' | 'link'> & { readonly weight: number }

const DAYS = 30

/** What members were told in the last month: the older the likelier read, a few put away. Older read ones are gone. */
export function notificationRows(
  organization: SampleOrganization,
  { members, agents, now }: { members: readonly Member[]; agents: readonly SampleAgent[]; now: number },
): Row[] {
  const end = startOfDay(now) + DAY
  const random = organization.random.of('notifications')
  return members
    .filter(member => member.isActive)
    .flatMap(member => {
      const since = Math.max(end - DAYS * DAY, member.joinedAt)
      const count = Math.min(40, random.count(((end - since) / DAY) * (member.role === 'viewer' ? 0.1 : 0.5)))
      return Array.from({ length: count }, () => {
        const at = Math.floor(random.between(since, end))
        const kind = random.pickWeighted(
          kindsOf(organization, agents, member, random),
          ({ weight }) => weight,
        )
        return { at, row: makeRow(organization.id, member, kind, at, now, random) }
      })
    })
    .filter(({ at }) => at <= now)
    .map(({ row }) => row)
}

function makeRow(
  organizationId: string,
  member: Member,
  kind: Kind,
  at: number,
  now: number,
  random: Random,
): Row {
  const { type, category, title, message, link } = kind
  const readAt = at + random.logNormal(5 * HOUR, 1.4)
  const [isNoticed, isPutAway] = [random.chance(0.8), random.chance(0.2)]
  const isRead = isNoticed && readAt < now
  const isArchived = isPutAway && isRead
  return {
    id: random.uuid(),
    user_id: member.id,
    organization_id: organizationId,
    type,
    category,
    title,
    message,
    data: null,
    link: link ?? null,
    is_read: isRead,
    read_at: isRead ? iso(readAt) : null,
    is_archived: isArchived,
    created_at: iso(at),
    updated_at: iso(isRead ? readAt : at),
  }
}

function kindsOf(
  { name }: SampleOrganization,
  agents: readonly SampleAgent[],
  member: Member,
  random: Random,
): Kind[] {
  const agent = random.pick(agents)
  const link = `/agents/${agent.id}`
  const kinds: Kind[] = [
    {
      type: 'agent.errors_increased',
      category: 'agents',
      title: `${agent.name} fails more often than usual`,
      message: `${random.integer(4, 30)} answers failed in the last hour; ${random.integer(0, 3)} is usual.`,
      link,
      weight: 3,
    },
    {
      type: 'agent.rating_dropped',
      category: 'agents',
      title: `Ratings of ${agent.name} went down`,
      message: `The average of this week is ${random.between(3, 3.9).toFixed(1)}, after ${random.between(4, 4.6).toFixed(1)} the week before.`,
      link,
      weight: 2,
    },
    {
      type: 'report.weekly',
      category: 'reports',
      title: 'Your week in figures',
      message: `${name}: ${random.integer(20, 900)} conversations, ${random.integer(3, 40)} of them rated.`,
      link: '/overview',
      weight: 3,
    },
    {
      type: 'ticket.replied',
      category: 'support',
      title: 'Support has answered',
      message: 'There is a new answer on your ticket.',
      link: null,
      weight: 1,
    },
  ]
  if (member.role !== 'owner' && member.role !== 'admin') return kinds
  return [
    ...kinds,
    {
      type: 'invitation.accepted',
      category: 'team',
      title: 'An invitation was accepted',
      message: `Somebody new has joined ${name}.`,
      link: null,
      weight: 1,
    },
    {
      type: 'usage.limit_near',
      category: 'billing',
      title: 'Four fifths of your messages are used',
      message: 'At this rate the limit of your plan is reached before the end of the month.',
      link: null,
      weight: 1,
    },
  ]
}
