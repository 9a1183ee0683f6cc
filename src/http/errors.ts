import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseUnavailable } from '../database/availability.ts'
import { AppError } from '../platform/errors.ts'
import { LIMITS } from './limits.ts'
import { type Refusal, refusalOf, sendProblem } from './problems.ts'

/** Answers an error as a problem. A bug is logged here, once, and the caller learns only under which request id. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = toRefusal(error, request.routeOptions.bodyLimit ?? LIMITS.bodyBytes)
  if (refusal === undefined) request.log.error({ err: error }, 'the request failed by a bug')
  else if (refusal.status >= 500 && !(error instanceof AppError))
    request.log.warn({ err: error }, 'the request could not be carried out')
  if (refusal === DATABASE_UNAVAILABLE) reply.header('retry-after', 5)
  if (typeof refusal?.details?.retry_after_seconds === 'number')
    reply.header('retry-after', refusal.details.retry_after_seconds)
  return sendProblem(request, reply, refusal ?? BUG)
}

/** The refusal that an error means to the caller, or undefined: then it is a bug, and its text stays in the log. */
function toRefusal(error: unknown, bodyLimit: number): Refusal | undefined {
  if (error instanceof AppError) return refusalOf(error)
  if (!(error instanceof Error)) return undefined
  const { code = '', validation, validationContext, statusCode } = error as Partial<FastifyError>
  if (validation !== undefined) return requestInvalid(validation, validationContext ?? 'body')
  const refusal = OF_THE_SERVER[code]
  if (refusal !== undefined) return refusal
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge(bodyLimit)
  // What zlib says of a body, which is all that is unfolded here.
  if (/^Z_(DATA|BUF)_ERROR$/.test(code)) return MALFORMED_GZIP
  if (isDatabaseUnavailable(error)) return DATABASE_UNAVAILABLE
  // The rest of what the server itself refuses before a handler runs: its text is about the request.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500 && error instanceof SyntaxError)
    return MALFORMED_JSON
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500 && code.startsWith('FST_ERR'))
    return { status: statusCode, code: 'request.refused', detail: `${error.message}. Correct the request.` }
  return undefined
}

function requestInvalid(faults: NonNullable<FastifyError['validation']>, part: string): Refusal {
  const errors = faults.map(fault => ({
    path: `${part}${fault.instancePath}`,
    message: faultMessage(fault),
  }))
  const first = errors[0]
  const where = first === undefined ? 'The request' : first.path
  return {
    status: 400,
    code: 'request.invalid',
    detail: `${where} ${first?.message ?? 'is not valid'}. Correct it; /docs shows the form of each request.`,
    errors,
  }
}

function faultMessage({ keyword, message, params }: NonNullable<FastifyError['validation']>[number]): string {
  if (keyword === 'additionalProperties') return `has the unknown property "${params.additionalProperty}"`
  if (keyword === 'enum') return `must be one of ${[params.allowedValues].flat().join(', ')}`
  return message ?? 'is not valid'
}

const bodyTooLarge = (limit: number): Refusal => ({
  status: 413,
  code: 'request.too_large',
  detail: `The body is larger than ${limit} bytes (uncompressed). Split it over several requests.`,
})

const BUG: Refusal = {
  status: 500,
  code: 'server.failed',
  detail:
    'The server failed; this is our fault. Report it with the request_id, under which the log has the cause.',
}

const MALFORMED_JSON: Refusal = {
  status: 400,
  code: 'request.malformed_json',
  detail: 'The body is not valid JSON. Check quotes, commas and that it arrived whole.',
}

const MALFORMED_GZIP: Refusal = {
  status: 400,
  code: 'request.malformed_gzip',
  detail:
    'The body says content-encoding: gzip and is not gzip, or did not arrive whole. Compress it again, or send it as it is.',
}

const DATABASE_UNAVAILABLE: Refusal = {
  status: 503,
  code: 'database.unavailable',
  detail:
    'The database cannot be reached at the moment. Nothing was stored; send the request again in a few seconds.',
}

const OF_THE_SERVER: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'request.unsupported_media_type',
    detail: 'The body must be JSON: send the header "content-type: application/json".',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    code: 'request.malformed_json',
    detail:
      'The body is empty although the content type says JSON. Send a JSON document, or no content type.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: MALFORMED_JSON,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'request.incomplete',
    detail: 'The body is not as long as its content-length says. Send the request again, whole.',
  },
  FST_ERR_HANDLER_TIMEOUT: {
    status: 503,
    code: 'request.timed_out',
    detail:
      'The request took too long and may or may not have been carried out. Send it again with the same ids.',
  },
  // The reference page's files: whoever steers out of their folder is told no more than of any other address.
  FST_STATIC_FORBIDDEN_PATH: {
    status: 404,
    code: 'request.route_not_found',
    detail: 'There is no such file. Check the address; /docs lists every one.',
  },
  FST_ERR_BAD_URL: {
    status: 400,
    code: 'request.malformed_url',
    detail:
      'The URL has a broken percent-encoding. Encode each part of it, for example with encodeURIComponent.',
  },
}
