import type { SampleAgent } from './agents.ts'
import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso, startOfDay, weekdayOf } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import type { Random } from './random.ts'
import type { Ticket } from './tickets.ts'

type Row = SampleRow<'notifications'>
type Told = Pick<Row, 'user_id' | 'type' | 'category' | 'title' | 'message' | 'link'> & {
  readonly at: number
}

type Facts = {
  readonly members: readonly Member[]
  readonly agents: readonly SampleAgent[]
  readonly tickets: readonly Ticket[]
  readonly invoices: readonly SampleRow<'invoices'>[]
  readonly now: number
}

const DAYS = 30

/**
 * What members were told in the last month, of what is in the other tables and without a figure that nobody counted:
 * the older the likelier read, a few put away. Older read ones are gone.
 */
export function notificationRows(organization: SampleOrganization, facts: Facts): Row[] {
  const random = organization.random.of('notifications')
  const end = startOfDay(facts.now) + DAY
  const since = end - DAYS * DAY
  return facts.members
    .filter(member => member.isActive)
    .flatMap(member => [
      ...ofAgents(member, facts.agents, { since: Math.max(since, member.joinedAt), end }, random),
      ...ofWeeks(organization, member, since, end),
      ...ofTickets(member, facts.tickets),
      ...(member.role === 'owner' || member.role === 'admin' ? ofTheOrganization(member, facts) : []),
    ])
    .map(told => ({ at: told.at, row: makeRow(organization.id, told, facts.now, random) }))
    .filter(({ at }) => at >= since && at <= facts.now)
    .map(({ row }) => row)
}

function makeRow(organizationId: string, { at, ...told }: Told, now: number, random: Random): Row {
  const readAt = at + random.logNormal(5 * HOUR, 1.4)
  const [isNoticed, isPutAway] = [random.chance(0.8), random.chance(0.2)]
  const isRead = isNoticed && readAt < now
  return {
    id: random.uuid(),
    organization_id: organizationId,
    ...told,
    data: null,
    is_read: isRead,
    read_at: isRead ? iso(readAt) : null,
    is_archived: isPutAway && isRead,
    created_at: iso(at),
    updated_at: iso(isRead ? readAt : at),
  }
}

function ofAgents(
  member: Member,
  agents: readonly SampleAgent[],
  { since, end }: { since: number; end: number },
  random: Random,
): Told[] {
  const count = random.count(((end - since) / DAY) * (member.role === 'viewer' ? 0.05 : 0.3))
  return Array.from({ length: count }, () => {
    const agent = random.pick(agents.filter(({ isActive }) => isActive))
    const isFailing = random.chance(0.6)
    return {
      user_id: member.id,
      type: isFailing ? 'agent.errors_increased' : 'agent.rating_dropped',
      category: 'agents',
      title: isFailing ? `${agent.name} fails more often than usual` : `Ratings of ${agent.name} went down`,
      message: isFailing
        ? 'More of its answers failed in the last hour than is usual at this time.'
        : 'People rated it lower this week than in the week before.',
      link: `/agents/${agent.id}`,
      at: Math.floor(random.between(since, end)),
    }
  })
}

/** On Mondays, early. */
function ofWeeks({ name }: SampleOrganization, member: Member, since: number, end: number): Told[] {
  const told: Told[] = []
  for (let day = since; day < end; day += DAY) {
    if (weekdayOf(day) !== 1 || day < member.joinedAt) continue
    told.push({
      user_id: member.id,
      type: 'report.weekly',
      category: 'reports',
      title: 'Your week in figures',
      message: `The figures of ${name} for last week are complete.`,
      link: '/overview',
      at: day + 6 * HOUR,
    })
  }
  return told
}

function ofTickets(member: Member, tickets: readonly Ticket[]): Told[] {
  return tickets
    .filter(({ row }) => row.user_id === member.id)
    .flatMap(({ row, comments }) =>
      comments
        .filter(comment => comment.author_type === 'admin' && comment.is_internal !== true)
        .map(comment => ({
          user_id: member.id,
          type: 'ticket.replied',
          category: 'support',
          title: 'Support has answered',
          message: `There is an answer to "${row.subject}".`,
          link: null,
          at: Date.parse(String(comment.created_at)),
        })),
    )
}

/** What only those are told who run the organization. */
function ofTheOrganization(member: Member, { members, invoices }: Facts): Told[] {
  const joined = members.filter(({ id, joinedAt }) => id !== member.id && joinedAt > member.joinedAt)
  return [
    ...joined.map(newcomer => ({
      user_id: member.id,
      type: 'invitation.accepted',
      category: 'team',
      title: `${newcomer.name} has joined`,
      message: `${newcomer.name} accepted the invitation as ${newcomer.role}.`,
      link: null,
      at: newcomer.joinedAt,
    })),
    ...invoices.map(invoice => ({
      user_id: member.id,
      type: 'invoice.created',
      category: 'billing',
      title: 'A new invoice is there',
      message: 'The invoice for the month that begins has been written.',
      link: null,
      at: Date.parse(String(invoice.created_at)),
    })),
  ]
}
