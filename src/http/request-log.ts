import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Caller } from './caller.ts'

/**
 * One line for each request, when it has ended: who, what, how it ended, how long it took. Never its headers, its
 * body or its query. A success is worth a line only to somebody who looks for it (LOG_LEVEL=debug): at ingest rates
 * it would be the whole log.
 */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' })
  }

  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(
    _error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const { statusCode } = reply
    request.log[statusCode < 400 ? 'debug' : 'info'](
      {
        method: request.method,
        path: request.url.split('?')[0],
        status: statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
        address: request.ip,
        ...whoOf(request.caller),
      },
      'request',
    )
  }
}

function whoOf(caller: Caller | undefined) {
  if (caller === undefined) return {}
  return caller.kind === 'api_key' ? { apiKeyId: caller.apiKeyId } : { sessionId: caller.sessionId }
}
