import type { SampleRow } from './batch.ts'
import { DAY, iso } from './calendar.ts'
import type { SampleOrganization } from './organization.ts'
import { SAMPLE_PASSWORD_HASH } from './password.ts'
import { FIRST_NAMES, JOB_TITLES, LAST_NAMES } from './texts/people.ts'

export type Member = {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly name: string
  readonly email: string
  readonly role: keyof typeof JOB_TITLES
  readonly isActive: boolean
  readonly joinedAt: number
  readonly ipAddress: string
}

const MOST = { free: 1, starter: 5, pro: 18, enterprise: 34 } as const

/** The members of an organization, its owner first; as many as its plan allows at the most. */
export function makeMembers(organization: SampleOrganization, now: number): Member[] {
  const { plan, subdomain, createdAt, rank } = organization
  const random = organization.random.of('members')
  const most = MOST[plan]
  const count = rank === 0 ? most : random.integer(Math.ceil(most / 2), most)
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)]
    const plain = asciiOf(firstName)
    const email = [plain, `${plain}.${asciiOf(lastName)}`, `${plain}.${index}`]
      .map(name => `${name}@${subdomain}.example`)
      .find(address => !taken.has(address))
    if (email === undefined) throw new Error('three addresses were not enough')
    taken.add(email)
    const joinedAt = index === 0 ? createdAt : createdAt + random.unit() ** 1.5 * (now - createdAt - DAY / 2)
    return {
      id: random.uuid(),
      firstName,
      lastName,
      name: `${firstName} ${lastName}`,
      email,
      role: roleOf(index),
      // The first four can always be signed in as.
      isActive: index < 4 || random.chance(0.93),
      joinedAt: Math.floor(joinedAt),
      ipAddress: `203.0.113.${random.integer(1, 254)}`,
    }
  })
}

export function userRow(
  organization: SampleOrganization,
  member: Member,
  lastActiveAt: number | undefined,
): SampleRow<'users'> {
  const random = organization.random.of(`user ${member.email}`)
  return {
    id: member.id,
    organization_id: organization.id,
    email: member.email,
    first_name: member.firstName,
    last_name: member.lastName,
    organization_role: member.role,
    is_active: member.isActive,
    last_active_at: lastActiveAt === undefined ? null : iso(lastActiveAt),
    job_title: random.pick(JOB_TITLES[member.role]),
    preferences: { theme: random.pick(['auto', 'auto', 'light', 'dark']) },
    created_at: iso(member.joinedAt),
    updated_at: iso(member.joinedAt),
  }
}

export function credentialRow(organizationId: string, member: Member): SampleRow<'user_credentials'> {
  const at = iso(member.joinedAt)
  return {
    user_id: member.id,
    organization_id: organizationId,
    password_hash: SAMPLE_PASSWORD_HASH,
    password_changed_at: at,
    email_verified_at: at,
    created_at: at,
  }
}

/** Owner, admin, member, viewer; then mostly members, with an admin and a viewer now and then. */
function roleOf(index: number): Member['role'] {
  const first = (['owner', 'admin', 'member', 'viewer'] as const)[index]
  if (first !== undefined) return first
  if (index % 9 === 0) return 'admin'
  return index % 6 === 0 ? 'viewer' : 'member'
}

function asciiOf(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
}
