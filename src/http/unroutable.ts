import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './context.ts'
import { answerError } from './errors.ts'

/** Answers a request whose URL cannot be read. No hook runs for it, so it is named and counted here like any other. */
export async function answerUnroutable(
  app: App,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.header('x-request-id', request.id)
  const overLimit = await app
    .rateLimit()
    .call(app, request, reply)
    .catch((refusal: unknown) => refusal)
  answerError(overLimit ?? error, request, reply)
}
