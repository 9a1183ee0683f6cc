import { isUtf8 } from 'node:buffer'
import { pipeline, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { errorCodes, type FastifyRequest, type RequestPayload } from 'fastify'
import { AppError } from '../platform/errors.ts'
import type { App } from './context.ts'
import { LIMITS } from './limits.ts'

/**
 * Every route reads its body as JSON without changing it: bytes that are no UTF-8 are refused instead of replaced, and
 * a key called `__proto__` is a key like any other, since nothing of a body is ever merged into another object. A body
 * of another type, or under another content encoding than gzip, is refused unread. The limit of a body holds for what
 * gzip unfolds to, and nothing beyond it is unfolded.
 */
export function readJsonBodies(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseUtf8Json)
  app.addHook('preParsing', async ({ headers, routeOptions }, _reply, payload) => {
    const encoding = headers['content-encoding']?.trim().toLowerCase() || 'identity'
    if (encoding === 'gzip' || encoding === 'x-gzip')
      return unfold(payload, routeOptions.bodyLimit ?? LIMITS.bodyBytes)
    if (encoding !== 'identity') throw encoded(encoding)
    return payload
  })
}

/** Ends with an error as soon as more than `limit` bytes came out, and lets go of the rest unread. */
function unfold(folded: RequestPayload, limit: number): RequestPayload {
  const gunzip = createGunzip()
  let bytes = 0
  const unfolded: RequestPayload & Transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > limit) done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
      else done(null, chunk)
    },
  })
  // The server compares it with content-length, which is the length on the wire.
  unfolded.receivedEncodedLength = 0
  folded.on('data', (chunk: Buffer) => {
    unfolded.receivedEncodedLength = (unfolded.receivedEncodedLength ?? 0) + chunk.length
  })
  folded.once('error', error => gunzip.destroy(error))
  folded.pipe(gunzip)
  // The request itself is no part of it: ending it would close the connection before the answer.
  pipeline(gunzip, unfolded, () => {
    folded.unpipe(gunzip)
    folded.resume()
  })
  return unfolded
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
    `The body is sent as "${encoding.slice(0, 100)}", which is not decoded here. Send it with gzip, or uncompressed and without content-encoding.`,
  )
