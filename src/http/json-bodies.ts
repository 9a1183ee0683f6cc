import { isUtf8 } from 'node:buffer'
import { errorCodes, type FastifyRequest } from 'fastify'
import { AppError } from '../platform/errors.ts'
import type { App } from './context.ts'

/**
 * Every route reads its body as JSON without changing it: bytes that are no UTF-8 are refused instead of replaced, and
 * a key called `__proto__` is a key like any other, since nothing of a body is ever merged into another object. A body
 * of another type or under a content encoding is refused unread.
 */
export function readJsonBodies(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseUtf8Json)
  app.addHook('preParsing', async ({ headers }) => {
    const encoding = headers['content-encoding']?.trim() || 'identity'
    if (encoding.toLowerCase() !== 'identity') throw encoded(encoding)
  })
}

async function parseUtf8Json(_request: FastifyRequest, body: Buffer): Promise<unknown> {
  if (body.length === 0) throw new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY()
  if (!isUtf8(body))
    throw new AppError('request.not_utf8', 'invalid', 'The body is not UTF-8. Encode the JSON in UTF-8.')
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw Object.assign(error as SyntaxError, { statusCode: 400 })
  }
}

const encoded = (encoding: string) =>
  new AppError(
    'request.encoding_unsupported',
    'unsupported',
    `The body is sent as "${encoding.slice(0, 100)}", which is not decoded here. Send it uncompressed, without content-encoding.`,
  )
