import type { FastifyReply, FastifyRequest } from 'fastify'
import { ABSOLUTE_MS } from '../domains/identity/index.ts'
import type { Configuration } from '../platform/configuration.ts'
import { AppError } from '../platform/errors.ts'
import { isLoopback } from '../platform/loopback.ts'

/** The browser sends it to this very host over an encrypted connection only, and lets no other host set it. */
export const SESSION_COOKIE = '__Host-tenantry_session'
/** Where no connection is encrypted. The name says so to whoever looks. */
export const INSECURE_SESSION_COOKIE = 'tenantry_session_insecure'

/** The session token that the request carries, or undefined. */
export function readSessionCookie(
  { cookies }: FastifyRequest,
  { insecureHttp }: Configuration,
): string | undefined {
  return cookies[SESSION_COOKIE] ?? (insecureHttp ? cookies[INSECURE_SESSION_COOKIE] : undefined)
}

/** Refuses to begin what would end with a cookie that the browser does not keep. */
export function requireCookie(request: FastifyRequest, configuration: Configuration): void {
  if (!isEncrypted(request, configuration) && !configuration.insecureHttp) throw httpsNeeded()
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  configuration: Configuration,
  token: string,
): void {
  requireCookie(request, configuration)
  const secure = isEncrypted(request, configuration)
  reply.setCookie(secure ? SESSION_COOKIE : INSECURE_SESSION_COOKIE, token, {
    ...ATTRIBUTES,
    secure,
    maxAge: Math.floor(ABSOLUTE_MS / 1_000),
  })
}

/** Takes the cookie away, by whichever name the browser has it. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  if (request.cookies[SESSION_COOKIE] !== undefined)
    reply.clearCookie(SESSION_COOKIE, { ...ATTRIBUTES, secure: true })
  if (request.cookies[INSECURE_SESSION_COOKIE] !== undefined)
    reply.clearCookie(INSECURE_SESSION_COOKIE, { ...ATTRIBUTES, secure: false })
}

/** To browsers, loopback is as good as https: what is sent there leaves no machine. */
function isEncrypted(request: FastifyRequest, { url }: Configuration): boolean {
  return url.startsWith('https:') || isLoopback(request.host)
}

const ATTRIBUTES = { path: '/', httpOnly: true, sameSite: 'lax' } as const

const httpsNeeded = () =>
  new AppError(
    'request.https_needed',
    'forbidden',
    'Over plain http anybody on the way could take the session, so nobody signs in here. Open it on the server itself (http://127.0.0.1), or put https in front and set TENANTRY_URL to the https address. To do without all the same, on a network that you trust, start the server with TENANTRY_INSECURE_HTTP=1.',
  )
