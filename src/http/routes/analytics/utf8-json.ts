import { isUtf8 } from 'node:buffer'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../../platform/errors.ts'

/**
 * Reads a body as JSON without changing it: bytes that are no UTF-8 are refused instead of replaced, and a key called
 * `__proto__` is a key like any other, since nothing of the body is ever merged into another object.
 */
export function parseUtf8Json(
  _request: FastifyRequest,
  body: Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  if (!isUtf8(body)) {
    done(new AppError('request.not_utf8', 'invalid', 'The body is not UTF-8. Encode the JSON in UTF-8.'))
    return
  }
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (error) {
    done(Object.assign(error as SyntaxError, { statusCode: 400 }))
    return
  }
  done(null, value)
}
