import { emailInvalid, roleUnknown } from './errors.ts'

/** What a member may do in the organization, the mightiest first. */
export const MEMBER_ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

/** The role that the text names. */
export function parseRole(text: string): MemberRole {
  const role = MEMBER_ROLES.find(known => known === text)
  if (role === undefined) throw roleUnknown(text)
  return role
}

/** The e-mail address as it is stored: as written, but for the space around it. Its letter case never tells two apart. */
export function parseEmail(text: string): string {
  const email = text.trim()
  if (email.length > 255 || !/^[^@\s]+@[^@\s]+$/.test(email)) throw emailInvalid(text)
  return email
}

/** What a person is called: their name where they gave one, else their address. */
export function displayName(user: {
  firstName: string | null
  lastName: string | null
  email: string
}): string {
  return [user.firstName, user.lastName].filter(Boolean).join(' ').slice(0, 255) || user.email
}
