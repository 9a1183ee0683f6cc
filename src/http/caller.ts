import type { FastifyRequest } from 'fastify'
import type { RoleTx } from '../database/transaction.ts'
import type { SessionIdentity } from '../domains/identity/index.ts'
import { type Actor, type ApiKeyIdentity, readActor } from '../domains/organizations/index.ts'

/** Who calls: a program with a key, or a member with a session. */
export type Caller = ({ readonly kind: 'api_key' } & ApiKeyIdentity) | MemberCaller
export type MemberCaller = { readonly kind: 'member' } & SessionIdentity

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

/** Who calls: always there in the handler of a route that states a scope or a permission. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined)
    throw new Error(`${request.routeOptions.url} has no caller: it states neither scope nor permission`)
  return request.caller
}

/** The member who calls: always there in the handler of a route that states a permission and no scope. */
export function memberOf(request: FastifyRequest): MemberCaller {
  const caller = callerOf(request)
  if (caller.kind !== 'member') throw new Error(`${request.routeOptions.url} is open to API keys too`)
  return caller
}

/** The caller as the activity log names them. */
export async function actorOf(tx: RoleTx, request: FastifyRequest): Promise<Actor> {
  const caller = callerOf(request)
  if (caller.kind === 'api_key') return { name: 'API key', ipAddress: request.ip }
  const { organizationId, userId } = caller
  return readActor(tx, { organizationId, userId, ipAddress: request.ip })
}
