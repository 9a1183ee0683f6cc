import { sql } from 'kysely'
import pg from 'pg'
import { violatesForeignKey, violatesUnique } from '../../database/constraint-violation.ts'
import type { RoleTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { emailTaken, organizationNotFound, roleUnknown, userLimitReached } from './errors.ts'
import { hostRefusal } from './host-refusal.ts'
import { MEMBER_ROLES, type MemberRole, parseEmail } from './member.ts'
import { recordActivity } from './record-activity.ts'

/** Makes a member of the organization; refused where the e-mail is somebody's already, or the plan has no room. */
export async function createUser(tx: RoleTx, input: NewUser): Promise<{ id: string }> {
  const { organizationId, role, actor, firstName, lastName } = input
  if (!MEMBER_ROLES.includes(role)) throw roleUnknown(role)
  const email = parseEmail(input.email)
  await refuseTaken(tx, email)
  const { id } = await tx
    .insertInto('users')
    .values({
      organization_id: organizationId,
      email,
      organization_role: role,
      first_name: firstName?.trim() || null,
      last_name: lastName?.trim() || null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(error => {
      if (violatesUnique(error, 'users', 'email')) throw emailTaken(email)
      if (violatesForeignKey(error, 'users', 'organization_id')) throw organizationNotFound(organizationId)
      if (error instanceof pg.DatabaseError && error.code === 'TN001') throw userLimitReached()
      throw hostRefusal(error, 'users') ?? error
    })
  await recordActivity(tx, {
    organizationId,
    actor,
    actionType: 'user.created',
    resource: { type: 'user', id, name: email },
    metadata: { role },
  })
  return { id }
}

/**
 * Two requests for one address take turns here, as a host's table may have no key that holds them apart. It finds what
 * the role may see; on our own table the key holds in all organizations.
 */
async function refuseTaken(tx: RoleTx, email: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('users.email ' || lower(${email}), 0))`.execute(tx)
  const { rows } = await sql`SELECT FROM users WHERE lower(email) = lower(${email}) LIMIT 1`.execute(tx)
  if (rows.length > 0) throw emailTaken(email)
}

export type NewUser = {
  readonly organizationId: string
  readonly email: string
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly role: MemberRole
  readonly actor?: Actor | undefined
}
