import { emailInvalid } from './errors.ts'

/** What a member may do in the organization, the mightiest first. */
export const MEMBER_ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

/** The e-mail address as it is stored: as written, but for the space around it. Its letter case never tells two apart. */
export function parseEmail(text: string): string {
  const email = text.trim()
  if (email.length > 255 || !/^[^@\s]+@[^@\s]+$/.test(email)) throw emailInvalid(text)
  return email
}
