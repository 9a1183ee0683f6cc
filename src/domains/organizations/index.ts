/**
 * Organizations: who the tenants are, their members, their API keys and what happened in them.
 * Owns the tables organizations, users, api_keys and activity_logs; nobody else writes them.
 */
export { type ApiKeyIdentity, findApiKey } from './find-api-key.ts'
export { isScope, SCOPES, type Scope } from './scope.ts'
