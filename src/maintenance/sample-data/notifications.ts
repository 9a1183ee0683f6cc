import { type Alarm, alarmsOf } from './alarms.ts'
import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso, startOfDay, weekdayOf } from './calendar.ts'
import type { Conversation } from './conversation.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import type { Random } from './random.ts'
import type { Ticket } from './tickets.ts'

type Row = SampleRow<'notifications'>
type Told = Pick<Row, 'user_id' | 'type' | 'category' | 'title' | 'message' | 'link' | 'data'> & {
  readonly at: number
}

type Facts = {
  readonly members: readonly Member[]
  readonly conversations: readonly Conversation[]
  readonly tickets: readonly Ticket[]
  readonly invoices: readonly SampleRow<'invoices'>[]
  readonly now: number
}

const DAYS = 30

/**
 * What members were told in the last month, of what is in the other tables: the older the likelier read, a few put away.
 * Older read ones are gone.
 */
export function notificationRows(organization: SampleOrganization, facts: Facts): Row[] {
  const random = organization.random.of('notifications')
  const end = startOfDay(facts.now) + DAY
  const since = end - DAYS * DAY
  const alarms = alarmsOf(facts.conversations, since, facts.now)
  return facts.members
    .filter(member => member.isActive)
    .flatMap(member => [
      ...ofAgents(member, alarms, random),
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
    is_read: isRead,
    read_at: isRead ? iso(readAt) : null,
    is_archived: isPutAway && isRead,
    created_at: iso(at),
    updated_at: iso(isRead ? readAt : at),
  }
}

/** Those who run the organization hear of every alarm, the others of some. */
function ofAgents(member: Member, alarms: readonly Alarm[], random: Random): Told[] {
  const share = { owner: 1, admin: 1, member: 0.4, viewer: 0.1 }[member.role]
  return alarms
    .filter(({ at }) => at > member.joinedAt && random.chance(share))
    .map(({ agent, kind, at, message }) => ({
      user_id: member.id,
      type: `agent.${kind}`,
      category: 'agents',
      title:
        kind === 'errors_increased'
          ? `${agent.name} fails more often than usual`
          : `Ratings of ${agent.name} went down`,
      message,
      link: `/agents/${agent.id}`,
      data: { agent_id: agent.id },
      at,
    }))
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
      link: '/',
      data: null,
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
          data: { ticket_id: row.id },
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
      data: { user_id: newcomer.id },
      at: newcomer.joinedAt,
    })),
    ...invoices.map(invoice => ({
      user_id: member.id,
      type: 'invoice.created',
      category: 'billing',
      title: 'A new invoice is there',
      message: 'The invoice for the month that begins has been written.',
      link: null,
      data: { invoice_id: invoice.id },
      at: Date.parse(String(invoice.created_at)),
    })),
  ]
}
