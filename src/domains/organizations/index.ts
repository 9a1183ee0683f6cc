/**
 * Organizations: who the tenants are, their members, their API keys and what happened in them.
 * Owns the tables organizations, users, api_keys and activity_logs; nobody else writes them.
 */
export { type ActionType, type Actor, OPERATOR } from './activity.ts'
export { createApiKey, type NewApiKey } from './create-api-key.ts'
export { createOrganization, type NewOrganization } from './create-organization.ts'
export { createUser, type NewUser } from './create-user.ts'
export {
  apiKeyMissing,
  apiKeyRefused,
  organizationClosed,
  organizationNotFound,
  scopeMissing,
} from './errors.ts'
export { type ApiKeyIdentity, findApiKey } from './find-api-key.ts'
export { type ListedApiKey, listApiKeys } from './list-api-keys.ts'
export { MEMBER_ROLES, type MemberRole } from './member.ts'
export { type Limits, limitsOfPlan, PLANS } from './plan.ts'
export { type Activity, recordActivity } from './record-activity.ts'
export { recordApiKeyUse } from './record-api-key-use.ts'
export { revokeApiKey } from './revoke-api-key.ts'
export { isScope, SCOPES, type Scope } from './scope.ts'

export const tables = [
  'organizations',
  'users',
  'api_keys',
  'activity_logs',
  'activity_logs_archive',
] as const
