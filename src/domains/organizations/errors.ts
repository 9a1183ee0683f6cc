import { AppError } from '../../platform/errors.ts'
import { SCOPES } from './scope.ts'

export const organizationNotFound = (organizationId: string) =>
  new AppError(
    'organizations.not_found',
    'not_found',
    `There is no organization ${organizationId} in this database. Check the id, and that this is the database in which it was made.`,
  )

/** Said to a key of every organization but its own, whether it exists or not: an id of another tenant proves nothing. */
export const organizationClosed = (organizationId: string) =>
  new AppError(
    'organizations.not_found',
    'not_found',
    `There is no organization ${organizationId} here. Check the id; an API key opens only the organization it was made for.`,
  )

export const apiKeyMissing = () =>
  new AppError(
    'organizations.api_key_missing',
    'unauthenticated',
    'This needs an API key. Send the header "Authorization: Bearer tny_…". The page API keys makes one, and so does "tenantry api-key create".',
  )

export const apiKeyRefused = () =>
  new AppError(
    'organizations.api_key_refused',
    'unauthenticated',
    'This API key is not known or was revoked. Check that it is whole ("tny_" and 43 characters), or make a new one: on the page API keys, or with "tenantry api-key create".',
  )

export const scopeMissing = (scope: string) =>
  new AppError(
    'organizations.scope_missing',
    'forbidden',
    `This API key lacks the scope ${scope}. Make one that has it: tenantry api-key create --scope ${scope}`,
    { scope },
  )

export const scopeUnknown = (scope: string) =>
  new AppError(
    'organizations.scope_unknown',
    'invalid',
    `There is no scope "${scope}". Use one or more of ${SCOPES.join(', ')}.`,
    { scope },
  )

export const scopesMissing = () =>
  new AppError(
    'organizations.scopes_missing',
    'invalid',
    `A key without a scope opens nothing. Name one or more of ${SCOPES.join(', ')}.`,
  )

export const apiKeyNotFound = (apiKeyId: string) =>
  new AppError(
    'organizations.api_key_not_found',
    'not_found',
    `This organization has no API key ${apiKeyId}. Check the id: it is not the key itself.`,
  )

export const apiKeyNameInvalid = () =>
  new AppError(
    'organizations.api_key_name_invalid',
    'invalid',
    'The name of an API key has at most 255 characters, in one line. Say in it what uses the key.',
  )

export const apiKeyEnded = (endedAt: Date) =>
  new AppError(
    'organizations.api_key_ended',
    'conflict',
    `This API key ended on ${endedAt.toISOString()}, so nothing can take over from it. Make a new key.`,
    { ended_at: endedAt.toISOString() },
  )

export const apiKeyEnding = (endsAt: Date) =>
  new AppError(
    'organizations.api_key_rotated_before',
    'conflict',
    `This API key was replaced before and ends on ${endsAt.toISOString()}. Rotate the key that took its place, or make a new one.`,
    { ends_at: endsAt.toISOString() },
  )

export const organizationInvalid = (message: string) =>
  new AppError('organizations.invalid', 'invalid', message)

export const subdomainTaken = (subdomain: string) =>
  new AppError(
    'organizations.subdomain_taken',
    'conflict',
    `The subdomain "${subdomain}" belongs to another organization. Choose another one.`,
    { subdomain },
  )

export const emailInvalid = (email: string) =>
  new AppError(
    'organizations.email_invalid',
    'invalid',
    `"${email}" is no e-mail address. Write it like ada@acme.example, with at most 255 characters.`,
    { email },
  )

export const emailTaken = (email: string) =>
  new AppError(
    'organizations.email_taken',
    'conflict',
    `The e-mail address ${email} belongs to a user already, and a user belongs to one organization. Use another address.`,
    { email },
  )

export const roleUnknown = (role: string) =>
  new AppError(
    'organizations.role_unknown',
    'invalid',
    `There is no role "${role}". Use owner, admin, member or viewer.`,
    { role },
  )

export const userLimitReached = () =>
  new AppError(
    'organizations.user_limit_reached',
    'conflict',
    'The organization has as many users as its plan allows. Move it to a larger plan, or remove a user first.',
  )

/** The table came with the host product and demands more than is known here. */
export const columnRequired = (table: string, column: string) =>
  new AppError(
    'organizations.column_required',
    'conflict',
    `The table ${table} of this database demands a value for "${column}", which is not known here. Make the row in the product that owns the table, or give the column a default.`,
    { table, column },
  )

export const refusedByTable = (table: string, reason: string, cause: unknown) =>
  new AppError(
    'organizations.refused_by_table',
    'conflict',
    `The table ${table} of this database refuses this row: ${reason}. Make it in the product that owns the table.`,
    { table },
    { cause },
  )

export const userNotFound = (userId: string) =>
  new AppError(
    'organizations.user_not_found',
    'not_found',
    `This organization has no member ${userId}. Check the id, or list the members anew: somebody may have removed this one.`,
  )

export const permissionMissing = (permission: string, role: string, leastRole: string) =>
  new AppError(
    'organizations.permission_missing',
    'forbidden',
    `As ${role} you may not do this (${permission}); it takes the role ${leastRole} or a mightier one. Ask an owner or admin of your organization to do it, or to change your role.`,
    { permission, role, least_role: leastRole },
  )

export const profileInvalid = (message: string) =>
  new AppError('organizations.profile_invalid', 'invalid', message)

export const instantInvalid = (parameter: string, text: string) =>
  new AppError(
    'organizations.instant_invalid',
    'invalid',
    `"${parameter}" is "${text}", which is no instant. Write it like 2026-03-01T00:00:00Z.`,
    { parameter },
  )
