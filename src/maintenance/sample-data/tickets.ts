import type { SampleRow } from './batch.ts'
import { DAY, HOUR, iso } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import type { Random } from './random.ts'
import type { Staff } from './staff.ts'
import { STAFF_NOTES, STAFF_REPLIES, TICKETS, USER_REPLIES } from './texts/failures.ts'

type Comment = SampleRow<'support_ticket_comments'>

export type Ticket = { readonly row: SampleRow<'support_tickets'>; readonly comments: readonly Comment[] }

const MOST = { free: 1, starter: 2, pro: 4, enterprise: 8 } as const

/** What members asked the platform, most of it answered; the latest are open. Staff's notes among themselves are in it. */
export function makeTickets(
  organization: SampleOrganization,
  { members, staff, today }: { members: readonly Member[]; staff: readonly Staff[]; today: number },
): Ticket[] {
  const random = organization.random.of('tickets')
  const agents = staff.filter(({ role, isActive }) => role === 'support' && isActive)
  const first = random.integer(0, TICKETS.length - 1)
  const oldest = Math.min(80, (today - organization.createdAt) / DAY - 1)
  const count = MOST[organization.plan]
  return Array.from({ length: count }, (_, index) => {
    const { subject, text, tags } = TICKETS[(first + index) % TICKETS.length] ?? TICKETS[0]
    const at = Math.floor(
      today - ((oldest * (count - index)) / (count + 1)) * DAY - random.integer(1, 8) * HOUR,
    )
    const author = random.pickSkewed(
      members.filter(({ joinedAt }) => joinedAt <= at).concat(members.slice(0, 1)),
    )
    const assigned = index === count - 1 ? null : random.pick(agents)
    const comments =
      assigned === null ? [] : discuss(organization.id, { at, author, assigned, today }, random)
    const lastAt = Date.parse(String(comments.at(-1)?.created_at ?? iso(at)))
    const status = statusOf(index, count, random)
    const isDone = status === 'resolved' || status === 'closed'
    const id = random.uuid()
    return {
      row: {
        id,
        organization_id: organization.id,
        user_id: author.id,
        subject,
        description: text,
        priority: random.pick(['low', 'normal', 'normal', 'high', 'urgent']),
        status,
        assigned_to: assigned?.id ?? null,
        tags: [...tags],
        created_at: iso(at),
        resolved_at: isDone ? iso(lastAt + HOUR) : null,
        updated_at: iso(isDone ? lastAt + HOUR : lastAt),
      },
      comments: comments.map(comment => ({ ...comment, ticket_id: id })),
    }
  })
}

/** The latest is open and the one before it waits for the member. */
function statusOf(index: number, count: number, random: Random): 'open' | 'pending' | 'resolved' | 'closed' {
  if (index === count - 1) return 'open'
  if (index === count - 2) return 'pending'
  return random.pick(['resolved', 'closed'])
}

function discuss(
  organizationId: string,
  { at, author, assigned, today }: { at: number; author: Member; assigned: Staff; today: number },
  random: Random,
): Omit<Comment, 'ticket_id'>[] {
  const comments: Omit<Comment, 'ticket_id'>[] = []
  let writtenAt = at
  const say = (by: 'user' | 'admin', comment: string, isInternal = false) => {
    writtenAt = Math.min(Math.floor(writtenAt + random.logNormal(3 * HOUR, 0.8)), today - 2 * HOUR)
    comments.push({
      id: random.uuid(),
      organization_id: organizationId,
      author_type: by,
      author_id: by === 'user' ? author.id : assigned.id,
      author_name: by === 'user' ? author.name : assigned.name,
      comment,
      is_internal: isInternal,
      created_at: iso(writtenAt),
    })
  }
  say('admin', STAFF_REPLIES[0])
  if (random.chance(0.4)) say('admin', random.pick(STAFF_NOTES), true)
  if (random.chance(0.7)) say('user', random.pick(USER_REPLIES))
  say('admin', random.pick(STAFF_REPLIES.slice(1)))
  return comments
}
