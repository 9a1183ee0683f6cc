import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { Type } from 'typebox'
import { inRole, inTenant, type RoleTx } from '../database/transaction.ts'
import {
  type Answer,
  type Claim,
  claimRequest,
  idempotencyKeyTooShort,
  identifyRequest,
  keepAnswer as keep,
  releaseClaim,
} from '../domains/idempotency/index.ts'
import type { App, Context } from './context.ts'
import { readSessionCookie } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Whether an Idempotency-Key makes the route safe to repeat. Left out: yes for a POST. `false` where what is sent has
     * ids of its own.
     */
    idempotency?: boolean
  }
  interface FastifyRequest {
    /** There where a request with an Idempotency-Key is carried out, and not answered from memory. */
    idempotency: { readonly claim: Claim; isKept: boolean } | undefined
  }
}

/**
 * A POST with an Idempotency-Key is carried out once within 24 hours, and its answer given again to whoever repeats it.
 * Only what succeeded is kept: a refusal changed nothing, so the key is free again. After an error of ours it stays
 * taken for a minute, since nobody knows how far it came.
 *
 * A handler that calls {@link keepAnswer} in the transaction of its change leaves no gap. For the others the answer is
 * kept right after: a process that is killed between the two has made a change that a repetition makes again.
 */
export function acceptIdempotencyKeys(app: App, { pool, configuration, log }: Context): void {
  app.decorateRequest('idempotency', undefined)
  app.addHook('onRoute', route => {
    if (acceptsKeys(route)) describeHeader(route)
  })

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || !acceptsKeys(request.routeOptions)) return
    const { caller, method, body } = request
    if (caller === undefined && key.length < LEAST_WITHOUT_CALLER)
      throw idempotencyKeyTooShort(LEAST_WITHOUT_CALLER)
    const identity = identifyRequest({ ...credentialOf(request), key, method, path: request.url, body })
    const result = await inRoleOf(request, tx =>
      claimRequest(tx, { organizationId: caller?.organizationId ?? null, request: identity }),
    )
    if ('claim' in result) {
      request.idempotency = { claim: result.claim, isKept: false }
      return
    }
    return repeat(reply, result.answer)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const { idempotency } = request
    const isRefused = reply.statusCode >= 400
    if (idempotency === undefined || reply.statusCode >= 500 || (idempotency.isKept && !isRefused)) return
    const { claim } = idempotency
    const settle = (tx: RoleTx) =>
      isRefused ? releaseClaim(tx, claim) : keep(tx, claim, answerOf(reply, payload))
    // What is done is done, so the caller hears of it; a repetition is refused until the claim counts as abandoned.
    await inRoleOf(request, settle).catch(error =>
      log.warn({ err: error, requestId: request.id }, 'the answer to an Idempotency-Key could not be kept'),
    )
  })

  function inRoleOf<T>({ caller }: FastifyRequest, work: (tx: RoleTx) => Promise<T>): Promise<T> {
    if (caller === undefined) return inRole(pool, 'tenantry_admin', work)
    return inTenant(pool, caller.organizationId, work)
  }

  function credentialOf(request: FastifyRequest): { caller: string; credential: string | undefined } {
    const { caller, headers } = request
    if (caller === undefined) return { caller: 'anybody', credential: undefined }
    if (caller.kind === 'api_key')
      return { caller: `api_key ${caller.apiKeyId}`, credential: headers.authorization ?? '' }
    return {
      caller: `session ${caller.sessionId}`,
      credential: readSessionCookie(request, configuration) ?? '',
    }
  }
}

/**
 * Keeps the answer in the transaction of the change, so that either both happened or neither; gives its body to be sent.
 * Does nothing more where the request has no Idempotency-Key.
 */
export async function keepAnswer<T>(
  tx: RoleTx,
  request: FastifyRequest,
  answer: Answer & { readonly body: T },
): Promise<T> {
  const { idempotency } = request
  if (idempotency !== undefined) {
    await keep(tx, idempotency.claim, answer)
    idempotency.isKept = true
  }
  return answer.body
}

/** What one who proves nothing must send: 128 random bits in hexadecimal, or a UUID. */
const LEAST_WITHOUT_CALLER = 32

function acceptsKeys({ method, config }: Pick<RouteOptions, 'method' | 'config'>): boolean {
  if (![method].flat().includes('POST')) return false
  return config?.idempotency ?? true
}

function answerOf(reply: FastifyReply, payload: unknown): Answer {
  const location = reply.getHeader('location')
  const body: unknown = typeof payload === 'string' && payload !== '' ? JSON.parse(payload) : null
  const cookies = [reply.getHeader('set-cookie') ?? []].flat().map(String)
  return {
    status: reply.statusCode,
    body,
    ...(typeof location === 'string' ? { location } : {}),
    ...(cookies.length > 0 ? { cookies } : {}),
  }
}

function repeat(reply: FastifyReply, { status, body, location, cookies = [] }: Answer): FastifyReply {
  if (cookies.length > 0) reply.header('set-cookie', [...cookies])
  if (location !== undefined) reply.header('location', location)
  reply.header('idempotency-replayed', 'true').code(status)
  return body === null ? reply.send() : reply.send(body)
}

const KeyHeader = Type.Optional(
  Type.String({
    pattern: '^[!-~]{1,255}$',
    description:
      'Makes it safe to send this again: the same key with the same body is carried out once within 24 hours, and answered alike. Use a random UUID.',
  }),
)

function describeHeader(route: RouteOptions): void {
  const { schema = {} } = route
  route.schema = { ...schema, headers: schema.headers ?? Type.Object({ 'idempotency-key': KeyHeader }) }
}
