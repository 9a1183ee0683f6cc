import type { FastifyRequest } from 'fastify'
import type { ApiKeyIdentity } from '../domains/organizations/index.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: ApiKeyIdentity | undefined
  }
}

/** Who calls: always there in the handler of a route that states a scope. */
export function callerOf(request: FastifyRequest): ApiKeyIdentity {
  if (request.caller === undefined)
    throw new Error(`${request.routeOptions.url} has no caller: it states no scope`)
  return request.caller
}
