import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { inTenant } from '../../../database/transaction.ts'
import {
  type Device,
  endFormerSession,
  type NewSession,
  readAccount,
} from '../../../domains/identity/index.ts'
import type { Context } from '../../context.ts'
import { readSessionCookie, setSessionCookie } from '../../session-cookie.ts'
import { type SessionView, viewSession } from './session-schema.ts'

/** Hands a new session to the browser, ends the one that it held before, and gives what the page needs of it. */
export async function beginSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { pool, configuration, now }: Context,
  session: NewSession,
): Promise<Static<typeof SessionView>> {
  const { organizationId, userId, sessionId, token } = session
  await endFormerSession(pool, { token: readSessionCookie(request, configuration), now: now() })
  setSessionCookie(request, reply, configuration, token)
  const account = await inTenant(pool, organizationId, tx => readAccount(tx, { userId }))
  return viewSession(account, sessionId)
}

/** From where and with what the person reached us. */
export function deviceOf(request: FastifyRequest): Device {
  return { ipAddress: request.ip, userAgent: request.headers['user-agent'] }
}
