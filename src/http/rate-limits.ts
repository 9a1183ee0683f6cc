import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import { AppError } from '../platform/errors.ts'
import type { App, Context } from './context.ts'
import { LIMITS } from './limits.ts'

/**
 * Counts every request: by API key or member where it has proved one, else by address. Says on each answer what is left,
 * and refuses beyond it. It hooks into each route and counts a request once: one that proves who asks is counted by
 * authentication, as soon as that is known.
 * Each process counts for itself: with n processes a key has up to n times its limit.
 */
export async function limitRates(app: App, { configuration }: Context): Promise<void> {
  const { rateLimitPerAddress, rateLimitPerKey } = configuration
  await app.register(rateLimit, {
    enableDraftSpec: true,
    timeWindow: LIMITS.windowMilliseconds,
    cache: 50_000,
    // The limiter hooks into routes before these can say that they are not to be counted.
    allowList: ({ routeOptions }) => routeOptions.config?.rateLimit === false,
    keyGenerator: ({ caller, ip }) => {
      if (caller === undefined) return normalizeIP(ip)
      return caller.kind === 'api_key' ? caller.apiKeyId : caller.userId
    },
    max: ({ caller }) => {
      if (caller === undefined) return rateLimitPerAddress
      return caller.kind === 'api_key' ? rateLimitPerKey : LIMITS.requestsPerMember
    },
    errorResponseBuilder: ({ caller }, { max, ttl }) =>
      rateLimited(caller === undefined ? 'address' : WHO[caller.kind], max, Math.ceil(ttl / 1000)),
  })
}

const WHO = { api_key: 'API key', member: 'member' } as const

const rateLimited = (who: string, limit: number, seconds: number) =>
  new AppError(
    'request.rate_limited',
    'rate_limited',
    `This ${who} may send ${limit} requests a minute. Try again in ${seconds} s, with several items in one request where it takes them.`,
    { limit, retry_after_seconds: seconds },
  )
