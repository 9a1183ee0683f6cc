import type { RoleTx } from '../../database/transaction.ts'
import { type MemberRole, parseRole } from './member.ts'
import { THEMES, type Theme } from './theme.ts'

/** A member as the product knows them. */
export type User = {
  readonly id: string
  readonly email: string
  readonly firstName: string | null
  readonly lastName: string | null
  readonly jobTitle: string | null
  readonly avatarUrl: string | null
  readonly role: MemberRole
  readonly isActive: boolean
  /** A BCP 47 tag; null: as the browser has it. */
  readonly locale: string | null
  /** A name of the IANA list; null: the organization's. */
  readonly timeZone: string | null
  readonly theme: Theme
}

/** The member of the organization with this id, or undefined; a disabled one is there all the same. */
export async function readUser(
  tx: RoleTx,
  input: { organizationId: string; userId: string },
): Promise<User | undefined> {
  const row = await tx
    .selectFrom('users')
    .select([
      'id',
      'email',
      'first_name',
      'last_name',
      'job_title',
      'avatar_url',
      'organization_role',
      'is_active',
      'preferences',
    ])
    .where('organization_id', '=', input.organizationId)
    .where('id', '=', input.userId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    jobTitle: row.job_title,
    avatarUrl: row.avatar_url,
    role: parseRole(row.organization_role),
    isActive: row.is_active,
    locale: preference(row.preferences, 'locale'),
    timeZone: preference(row.preferences, 'time_zone'),
    theme: THEMES.find(theme => theme === preference(row.preferences, 'theme')) ?? 'auto',
  }
}

/** The column may hold a host's own preferences too, in whatever form. */
function preference(preferences: unknown, name: string): string | null {
  if (typeof preferences !== 'object' || preferences === null) return null
  const value = Object.entries(preferences).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}
