/**
 * Organizations: who the tenants are, their members, their API keys and what happened in them.
 * Owns the tables organizations, users, api_keys and activity_logs; nobody else writes them.
 */
export { type ActionType, type Actor, OPERATOR } from './activity.ts'
export { changeUserEmail } from './change-user-email.ts'
export { createApiKey, type MadeApiKey, type NewApiKey } from './create-api-key.ts'
export { createOrganization, type NewOrganization } from './create-organization.ts'
export { createUser, type NewUser } from './create-user.ts'
export {
  apiKeyMissing,
  apiKeyRefused,
  organizationClosed,
  organizationNotFound,
  permissionMissing,
  scopeMissing,
} from './errors.ts'
export { type ApiKeyIdentity, findApiKey } from './find-api-key.ts'
export { findUserByEmail } from './find-user-by-email.ts'
export {
  type Activity as ListedActivity,
  type ActivityFilter,
  type ActivityPage,
  type ActivityPosition,
  listActivity,
} from './list-activity.ts'
export { type ListedApiKey, listApiKeys } from './list-api-keys.ts'
export { listOrganizationIds } from './list-organization-ids.ts'
export { type ListedOrganization, listOrganizations } from './list-organizations.ts'
export { lockUser } from './lock-user.ts'
export { displayName, MEMBER_ROLES, type MemberRole, parseEmail, parseRole } from './member.ts'
export type { Organization } from './organization.ts'
export { parseInstant } from './parse-instant.ts'
export { PERMISSIONS, type Permission, permissionsOf, permits, WITHOUT_VERIFIED_EMAIL } from './permission.ts'
export { type Limits, limitsOfPlan, PLANS } from './plan.ts'
export { readActor } from './read-actor.ts'
export { readOrganization } from './read-organization.ts'
export { readUser, type User } from './read-user.ts'
export { type Activity, recordActivity } from './record-activity.ts'
export { recordApiKeyUse } from './record-api-key-use.ts'
export { recordUserActivity } from './record-user-activity.ts'
export { ACTIVITY_LOG_RETENTION } from './retention.ts'
export { revokeApiKey } from './revoke-api-key.ts'
export {
  DEFAULT_OVERLAP_HOURS,
  MOST_OVERLAP_HOURS,
  type Rotation,
  rotateApiKey,
} from './rotate-api-key.ts'
export { isScope, SCOPES, type Scope } from './scope.ts'
export { THEMES, type Theme } from './theme.ts'
export { type OrganizationChange, updateOrganization } from './update-organization.ts'
export { type Profile, updateProfile } from './update-profile.ts'

export const tables = [
  'organizations',
  'users',
  'api_keys',
  'activity_logs',
  'activity_logs_archive',
] as const
