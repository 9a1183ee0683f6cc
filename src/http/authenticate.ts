import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { emailUnverified, findSession, sessionEnded, sessionMissing } from '../domains/identity/index.ts'
import {
  apiKeyMissing,
  apiKeyRefused,
  findApiKey,
  organizationClosed,
  PERMISSIONS,
  permissionMissing,
  permits,
  scopeMissing,
  WITHOUT_VERIFIED_EMAIL,
} from '../domains/organizations/index.ts'
import { AppError } from '../platform/errors.ts'
import { ApiKeyUses } from './api-key-uses.ts'
import type { Caller } from './caller.ts'
import type { App, Context } from './context.ts'
import { refuseCrossOrigin } from './cross-origin.ts'
import { FailedAuthentications } from './failed-authentications.ts'
import { LIMITS } from './limits.ts'
import { readSessionCookie } from './session-cookie.ts'
import { SessionUses } from './session-uses.ts'

/**
 * No handler of a route with a scope or a permission runs for anybody but a key of the URL's organization that holds the
 * scope, or a member of it whose role holds the permission. Decided before the body is read, in this order: 403 another
 * site's page, 401 nobody we know, 429 over their limit, 404 another organization, 403 not allowed. Who proved to be known
 * is counted from then on, whatever they ask for.
 */
export function authenticate(app: App, context: Context): void {
  const { configuration, pool, now } = context
  const failures = new FailedAuthentications({
    max: configuration.rateLimitPerAddress,
    windowMilliseconds: LIMITS.windowMilliseconds,
  })
  const keyUses = new ApiKeyUses(context)
  const sessionUses = new SessionUses(context)
  app.addHook('onClose', async () => {
    await Promise.all([keyUses.settled(), sessionUses.settled()])
  })
  const limit = app.rateLimit()
  app.decorateRequest('caller', undefined)
  app.addHook('onRequest', async (request, reply) => {
    const { scope, permission } = request.routeOptions.config
    if (scope === undefined && permission === undefined)
      return refuseCrossOrigin(request, configuration, { certain: false })
    const caller = await identify(request, reply)
    request.caller = caller
    await limit.call(app, request, reply)
    const { organizationId } = request.params as { organizationId?: string }
    if (organizationId !== undefined && organizationId.toLowerCase() !== caller.organizationId)
      throw organizationClosed(organizationId)
    assertAllowed(caller, request, reply)
    if (caller.kind === 'api_key') keyUses.record(caller)
    else sessionUses.record(caller)
  })

  /** A key that is sent counts, where keys are taken; a cookie that goes along with it by itself does not. */
  function identify(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const { scope, permission } = request.routeOptions.config
    const key = bearerOf(request.headers.authorization)
    const token = readSessionCookie(request, configuration)
    if (permission !== undefined && token !== undefined && (scope === undefined || key === undefined)) {
      refuseCrossOrigin(request, configuration, { certain: true })
      return lookUp(request, reply, token, async () => {
        const session = await findSession(pool, { token, now: now() })
        if (session === undefined) throw sessionEnded()
        return { kind: 'member', ...session }
      })
    }
    return lookUp(request, reply, key, async () => {
      if (scope === undefined) throw sessionMissing()
      if (key === undefined) {
        reply.header('www-authenticate', 'Bearer')
        throw apiKeyMissing()
      }
      const apiKey = await findApiKey(pool, key)
      if (apiKey === undefined) {
        reply.header('www-authenticate', 'Bearer error="invalid_token"')
        throw apiKeyRefused()
      }
      return { kind: 'api_key', ...apiKey }
    })
  }

  /** Guessing costs the database a bounded number of look-ups. */
  async function lookUp(
    request: FastifyRequest,
    reply: FastifyReply,
    given: string | undefined,
    find: () => Promise<Caller>,
  ): Promise<Caller> {
    const secret = given ?? ''
    const address = normalizeIP(request.ip)
    const wait = failures.begin(address, secret, now().getTime())
    if (wait !== undefined) {
      tellWhatIsLeft(address, reply)
      reply.header('retry-after', wait)
      throw tooManyFailures(wait)
    }
    try {
      const caller = await find()
      failures.succeed(address, secret)
      return caller
    } catch (error) {
      if (error instanceof AppError && error.kind === 'unauthenticated') {
        failures.fail(secret)
        tellWhatIsLeft(address, reply)
      } else failures.withdraw(address, secret)
      throw error
    }
  }

  /** A request without a valid key is counted apart from the others, under the same limit. */
  function tellWhatIsLeft(address: string, reply: FastifyReply): void {
    const { remaining, seconds } = failures.left(address, now().getTime())
    reply.headers({
      'ratelimit-limit': configuration.rateLimitPerAddress,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': seconds,
    })
  }
}

function assertAllowed(caller: Caller, request: FastifyRequest, reply: FastifyReply): void {
  const { scope, permission } = request.routeOptions.config
  if (caller.kind === 'api_key') {
    if (scope === undefined || caller.scopes.includes(scope)) return
    reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${scope}"`)
    throw scopeMissing(scope)
  }
  if (permission === undefined) return
  if (!permits(caller.role, permission))
    throw permissionMissing(permission, caller.role, PERMISSIONS[permission])
  if (!caller.isEmailVerified && permission !== WITHOUT_VERIFIED_EMAIL) throw emailUnverified()
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
}

const tooManyFailures = (seconds: number) =>
  new AppError(
    'request.rate_limited',
    'rate_limited',
    `Too many requests from this address came without a valid API key or session. Correct the key or sign in, and try again in ${seconds} s.`,
    { retry_after_seconds: seconds },
  )
