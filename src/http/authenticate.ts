import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type ApiKeyIdentity,
  apiKeyMissing,
  apiKeyRefused,
  findApiKey,
  organizationClosed,
  scopeMissing,
} from '../domains/organizations/index.ts'
import { AppError } from '../platform/errors.ts'
import { ApiKeyUses } from './api-key-uses.ts'
import type { App, Context } from './context.ts'
import { FailedAuthentications } from './failed-authentications.ts'
import { LIMITS } from './limits.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: ApiKeyIdentity | undefined
  }
}

/**
 * No handler of a route with a scope runs for anybody but a key of the URL's organization that holds the scope.
 * Decided before the body is read, in this order: 401 no such key, 429 over its limit, 404 another organization, 403 no
 * such scope. A key that proved good is counted from then on, whatever it asks for.
 */
export function authenticate(app: App, context: Context): void {
  const failures = new FailedAuthentications({
    max: context.configuration.rateLimitPerAddress,
    windowMilliseconds: LIMITS.windowMilliseconds,
  })
  const uses = new ApiKeyUses(context)
  app.addHook('onClose', () => uses.settled())
  const limit = app.rateLimit()
  app.decorateRequest('caller', undefined)
  app.addHook('onRequest', async (request, reply) => {
    const { scope } = request.routeOptions.config
    if (scope === undefined) return
    const caller = await identify(request, reply)
    request.caller = caller
    await limit.call(app, request, reply)
    const { organizationId } = request.params as { organizationId?: string }
    if (organizationId?.toLowerCase() !== caller.organizationId)
      throw organizationClosed(organizationId ?? '')
    if (!caller.scopes.includes(scope)) {
      reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${scope}"`)
      throw scopeMissing(scope)
    }
    uses.record(caller)
  })

  async function identify(request: FastifyRequest, reply: FastifyReply): Promise<ApiKeyIdentity> {
    const key = bearerOf(request.headers.authorization)
    const address = normalizeIP(request.ip)
    const wait = failures.begin(address, key ?? '', context.now().getTime())
    if (wait !== undefined) {
      tellWhatIsLeft(address, reply)
      reply.header('retry-after', wait)
      throw tooManyFailures(wait)
    }
    if (key === undefined) {
      tellWhatIsLeft(address, reply)
      reply.header('www-authenticate', 'Bearer')
      throw apiKeyMissing()
    }
    const caller = await findApiKey(context.pool, key).catch(error => {
      failures.withdraw(address, key)
      throw error
    })
    if (caller === undefined) {
      failures.fail(key)
      tellWhatIsLeft(address, reply)
      reply.header('www-authenticate', 'Bearer error="invalid_token"')
      throw apiKeyRefused()
    }
    failures.succeed(address, key)
    return caller
  }

  /** A request without a valid key is counted apart from the others, under the same limit. */
  function tellWhatIsLeft(address: string, reply: FastifyReply): void {
    const { remaining, seconds } = failures.left(address, context.now().getTime())
    reply.headers({
      'ratelimit-limit': context.configuration.rateLimitPerAddress,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': seconds,
    })
  }
}

/** Who calls: always there in the handler of a route that states a scope. */
export function callerOf(request: FastifyRequest): ApiKeyIdentity {
  if (request.caller === undefined)
    throw new Error(`${request.routeOptions.url} has no caller: it states no scope`)
  return request.caller
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
}

const tooManyFailures = (seconds: number) =>
  new AppError(
    'request.rate_limited',
    'rate_limited',
    `Too many requests from this address came without a valid API key. Correct the key and try again in ${seconds} s.`,
    { retry_after_seconds: seconds },
  )
