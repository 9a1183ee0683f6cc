import { MEMBER_ROLES, type MemberRole } from './member.ts'

/**
 * Everything that a member may do in the organization, with the least role that may. The one table of it: the API
 * refuses by it and pages leave out by it.
 */
export const PERMISSIONS = {
  /** Their own account: name, password, devices, address. The only thing that needs no verified e-mail. */
  'account:manage': 'viewer',
  'organization:read': 'viewer',
  'metrics:read': 'viewer',
  'agents:read': 'viewer',
  'notifications:read': 'viewer',
  /** Each event by itself: who talked to an agent, about what. Figures are for viewers, people's traces are not. */
  'events:read': 'member',
  'agents:write': 'member',
  'api_keys:manage': 'admin',
  'organization:write': 'admin',
  'activity:read': 'admin',
} as const satisfies Record<string, MemberRole>

export type Permission = keyof typeof PERMISSIONS

/** Whoever signed up with an address that they may not own does nothing in its name before it is verified. */
export const WITHOUT_VERIFIED_EMAIL: Permission = 'account:manage'

/** True where the role is the permission's least role or a mightier one. */
export function permits(role: MemberRole, permission: Permission): boolean {
  return MEMBER_ROLES.indexOf(role) <= MEMBER_ROLES.indexOf(PERMISSIONS[permission])
}

/** What a member may do now. */
export function permissionsOf(member: { role: MemberRole; isEmailVerified: boolean }): Permission[] {
  const all = Object.keys(PERMISSIONS).filter(isPermission)
  return all.filter(
    permission =>
      permits(member.role, permission) && (member.isEmailVerified || permission === WITHOUT_VERIFIED_EMAIL),
  )
}

function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text)
}
