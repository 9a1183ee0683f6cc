import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { AppError, ErrorKind } from '../platform/errors.ts'

/** The one place where a refusal becomes a status. */
const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  unavailable: 503,
}

export const PROBLEM_TYPE = 'application/problem+json'

/** A refusal as RFC 9457 has it: programs branch on `code`, people read `detail`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Always `about:blank`: `code` tells problems apart.' }),
    title: Type.String({ description: 'The name of the status.' }),
    status: Type.Integer({ description: 'The status of this answer.' }),
    code: Type.String({ description: 'What happened, as `domain.what_happened`. Stable.' }),
    detail: Type.String({ description: 'What is wrong and what to do.' }),
    request_id: Type.String({ description: 'Names this request in the log of the server.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          path: Type.String({
            description: 'The part of the request and a JSON Pointer into it: `body/events/0`.',
          }),
          message: Type.String(),
        }),
        { description: 'Each fault of the request, where its form is wrong.' },
      ),
    ),
    details: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Values that the refusal is about.' }),
    ),
  },
  { $id: 'Problem', title: 'Problem' },
)
export type Problem = Static<typeof Problem>

/** What a refusal says beyond its kind: a status that no kind has, faults of the request's form. */
export type Refusal = Pick<Problem, 'code' | 'detail'> &
  Partial<Pick<Problem, 'errors' | 'details'>> & { status: number }

export function refusalOf(error: AppError): Refusal {
  const refusal = { status: STATUS[error.kind], code: error.code, detail: error.message }
  return Object.keys(error.details).length === 0 ? refusal : { ...refusal, details: error.details }
}

export function problemOf(refusal: Refusal, requestId: string): Problem {
  const { status, ...rest } = refusal
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    request_id: requestId,
    ...rest,
  }
}

/** Answers the request with a refusal. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusal.status).type(PROBLEM_TYPE).send(problemOf(refusal, request.id))
}
