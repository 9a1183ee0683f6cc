import type { SampleRow } from './batch.ts'
import { DAY, iso } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import type { Random } from './random.ts'

type Row = SampleRow<'team_invitations'>

const VALID_FOR = 7 * DAY

/** How members came in, and the invitations that wait, ran out or were taken back. Nobody knows the secret of any. */
export function invitationRows(
  organization: SampleOrganization,
  members: readonly Member[],
  today: number,
): Row[] {
  const random = organization.random.of('invitations')
  const [owner, ...others] = members
  if (owner === undefined) return []
  const inviters = members.filter(({ role }) => role === 'owner' || role === 'admin')
  const accepted = others.map(member => {
    const from = random.pick(
      inviters.filter(({ joinedAt }) => joinedAt < member.joinedAt - DAY).concat(owner),
    )
    const sentAt = Math.max(member.joinedAt - random.integer(1, 5) * DAY, organization.createdAt)
    return makeRow(organization, random, {
      invitedBy: from,
      email: member.email,
      role: member.role,
      status: 'accepted',
      createdAt: Math.min(sentAt, member.joinedAt - 1),
      acceptedAt: member.joinedAt,
      acceptedBy: member.id,
    })
  })
  if (organization.plan === 'free' || organization.plan === 'starter') return accepted
  const open = OUTCOMES.map(({ name, role, status, daysAgo }) =>
    makeRow(organization, random, {
      invitedBy: random.pick(inviters),
      email: `${name}@${organization.subdomain}.example`,
      role,
      status,
      createdAt: Math.max(today - daysAgo * DAY, organization.createdAt),
    }),
  )
  return [...accepted, ...open]
}

const OUTCOMES = [
  { name: 'new.colleague', role: 'member', status: 'pending', daysAgo: 1 },
  { name: 'accounting', role: 'viewer', status: 'pending', daysAgo: 4 },
  { name: 'intern', role: 'viewer', status: 'expired', daysAgo: 33 },
  { name: 'contractor', role: 'admin', status: 'revoked', daysAgo: 21 },
] as const

type Invitation = {
  readonly invitedBy: Member
  readonly email: string
  readonly role: Member['role']
  readonly status: 'pending' | 'accepted' | 'revoked' | 'expired'
  readonly createdAt: number
  readonly acceptedAt?: number
  readonly acceptedBy?: string
}

function makeRow({ id }: SampleOrganization, random: Random, invitation: Invitation): Row {
  const { invitedBy, email, role, status, createdAt, acceptedAt, acceptedBy } = invitation
  const revokedAt = status === 'revoked' ? createdAt + DAY / 2 : null
  const changedAt = acceptedAt ?? revokedAt ?? (status === 'expired' ? createdAt + VALID_FOR : createdAt)
  return {
    id: random.uuid(),
    organization_id: id,
    invited_by: invitedBy.id,
    email,
    role,
    token: random.hex(32),
    status,
    expires_at: iso(createdAt + VALID_FOR),
    accepted_at: acceptedAt === undefined ? null : iso(acceptedAt),
    created_at: iso(createdAt),
    accepted_by: acceptedBy ?? null,
    revoked_at: revokedAt === null ? null : iso(revokedAt),
    updated_at: iso(changedAt),
  }
}
