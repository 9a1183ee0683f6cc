import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { LIMITS } from '../../src/http/limits.ts'
import { AppError, type ErrorKind } from '../../src/platform/errors.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildTestServer, portOf } from '../support/server.ts'

let database: TestDatabase
let app: App
const lines: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  app = await buildTestServer(database, {
    context: { log: createLogger('info', { write: line => void lines.push(line) }) },
    routes: [provoke],
  })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

/** Routes that fail in every way that a route can fail. */
function provoke(app: App): void {
  const open = { config: { open: true, rateLimit: false } } as const
  app.get('/refusals/:kind', open, async request => {
    const { kind } = request.params as { kind: ErrorKind }
    throw new AppError('test.refused', kind, 'This is refused. Do something else.', { limit: 3 })
  })
  app.get('/bug', open, async () => {
    throw new TypeError('the secret is hunter2')
  })
  app.get('/thrown-text', open, async () => {
    throw 'hunter2'
  })
  app.get('/database-away', open, async () => {
    const client = new pg.Client({ host: '127.0.0.1', port: 1 })
    await client.connect()
  })
  app.post(
    '/items/:item',
    {
      ...open,
      bodyLimit: 1_000,
      schema: {
        params: Type.Object({ item: Type.String({ format: 'uuid' }) }),
        querystring: Type.Object({ color: Type.Optional(Type.Enum(['red', 'green'])) }),
        body: Type.Object({ sizes: Type.Array(Type.Integer()) }, { additionalProperties: false }),
        response: { 200: Type.Object({ sizes: Type.Array(Type.Integer()) }) },
      },
    },
    async request => request.body,
  )
}

const ITEM = '/items/ac000000-0000-4000-8000-000000000001'

test.each([
  ['invalid', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['gone', 410],
  ['too_large', 413],
  ['unsupported', 415],
  ['rate_limited', 429],
  ['unavailable', 503],
])('a refusal of kind %s is a problem with status %i', async (kind, status) => {
  const answer = await app.inject({ url: `/refusals/${kind}` })
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.json()).toEqual({
    type: 'about:blank',
    title: expect.stringMatching(/\w/),
    status,
    code: 'test.refused',
    detail: 'This is refused. Do something else.',
    details: { limit: 3 },
    request_id: answer.headers['x-request-id'],
  })
})

test.each(['/bug', '/thrown-text'])(
  'what %s throws is hidden from the caller and logged once, under the request id',
  async url => {
    lines.length = 0
    const answer = await app.inject({ url })
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({
      code: 'server.failed',
      detail: expect.stringContaining('request_id'),
    })
    expect(answer.body).not.toContain('hunter2')
    const told = lines.map(line => JSON.parse(line)).filter(({ level }) => level === 'error')
    expect(told).toHaveLength(1)
    expect(told[0].requestId).toBe(answer.json().request_id)
    expect(JSON.stringify(told[0])).toContain('hunter2')
  },
)

test('a database that is away is no bug: 503, try again', async () => {
  const answer = await app.inject({ url: '/database-away' })
  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('5')
  expect(answer.json().code).toBe('database.unavailable')
})

test.each([
  ['the body', { url: ITEM, payload: { sizes: [1, 'two'] } }, 'body/sizes/1', 'must be integer'],
  [
    'the body, where a number is sent as text',
    { url: ITEM, payload: { sizes: ['1'] } },
    'body/sizes/0',
    'must be integer',
  ],
  [
    'a property too many',
    { url: ITEM, payload: { sizes: [], colour: 1 } },
    'body',
    'has the unknown property "colour"',
  ],
  [
    'a property that means something to JavaScript',
    { url: ITEM, payload: '{"sizes": [], "__proto__": 1}', headers: { 'content-type': 'application/json' } },
    'body',
    'has the unknown property "__proto__"',
  ],
  [
    'the path, where a UUID is written as a URN',
    { url: ITEM.replace('/items/', '/items/urn:uuid:'), payload: { sizes: [] } },
    'params/item',
    'must match format "uuid"',
  ],
  ['a property too few', { url: ITEM, payload: {} }, 'body', "must have required property 'sizes'"],
  ['the path', { url: '/items/1', payload: { sizes: [] } }, 'params/item', 'must match format "uuid"'],
  [
    'the query',
    { url: `${ITEM}?color=blue`, payload: { sizes: [] } },
    'querystring/color',
    'must be one of red, green',
  ],
])('a fault in %s is named with its place', async (_what, request, path, message) => {
  const answer = await app.inject({ method: 'POST', ...request })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ path, message }] })
  expect(answer.json().detail).toContain('Correct it')
})

test('a body that is not JSON says so', async () => {
  const headers = { 'content-type': 'application/json' }
  for (const payload of ['{"sizes":', '', 'null,']) {
    const answer = await app.inject({ method: 'POST', url: ITEM, payload, headers })
    expect([payload, answer.statusCode, answer.json().code]).toEqual([payload, 400, 'request.malformed_json'])
  }
})

test('a body that is not UTF-8 is refused instead of changed', async () => {
  const payload = Buffer.concat([Buffer.from('{"sizes": [], "a": "'), Buffer.from([0xff]), Buffer.from('"}')])
  const headers = { 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: ITEM, payload, headers })
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.not_utf8'])
})

describe('a compressed body', () => {
  const ask = (encoding: string, payload: Buffer) =>
    app.inject({
      method: 'POST',
      url: ITEM,
      payload,
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    })
  const body = Buffer.from('{"sizes": [1]}')

  test.each(['gzip', 'x-gzip', ' GZIP '])('in %s is read', async encoding => {
    expect((await ask(encoding, gzipSync(body))).statusCode).toBe(200)
  })

  test('that says it is not compressed is read', async () => {
    expect((await ask('Identity', body)).statusCode).toBe(200)
  })

  test.each(['br', 'deflate', 'gzip, gzip'])('in %s is answered 415, with what to send', async encoding => {
    const answer = await ask(encoding, gzipSync(body))
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'request.encoding_unsupported'])
    expect(answer.json().detail).toContain('gzip')
  })

  test.each([
    ['is none', body],
    ['is cut off', gzipSync(body).subarray(0, -4)],
  ])('that %s is answered 400', async (_, payload) => {
    const answer = await ask('gzip', payload)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.malformed_gzip'])
  })

  test('that unfolds to more than a body may have is cut off there, and answered 413', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '))
    expect(bomb.length).toBeLessThan(LIMITS.bodyBytes)
    const answer = await ask('gzip', bomb)
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'request.too_large'])
    expect(answer.json().detail).toContain('Split')
  })
})

test('a slow body has its answer before the time of its handler is up', () => {
  const noticed = LIMITS.requestMilliseconds + LIMITS.checkingMilliseconds
  expect(LIMITS.handlerMilliseconds).toBeGreaterThan(noticed + 10_000)
})

test('a body of another type is answered 415, with the type to send', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: ITEM,
    payload: 'a=1',
    headers: { 'content-type': 'text/xml' },
  })
  expect(answer.statusCode).toBe(415)
  expect(answer.json()).toMatchObject({
    code: 'request.unsupported_media_type',
    detail: expect.stringContaining('application/json'),
  })
})

test('a body that is too large is answered 413 with the limit of that route', async () => {
  const answer = await app.inject({ method: 'POST', url: ITEM, payload: { sizes: Array(1_000).fill(1) } })
  expect(answer.statusCode).toBe(413)
  expect(answer.json()).toMatchObject({
    code: 'request.too_large',
    detail: expect.stringContaining('1000 bytes'),
  })
})

test('an address where nothing is is answered 404, without reading the body', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/nowhere?x=1',
    payload: '{',
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toMatchObject({
    code: 'request.route_not_found',
    detail: expect.stringContaining('at /nowhere.'),
  })
})

test('a method that the address does not take is answered 405 with those it takes', async () => {
  const answer = await app.inject({ method: 'DELETE', url: ITEM })
  expect(answer.statusCode).toBe(405)
  expect(answer.headers.allow).toBe('POST')
  expect(answer.json().code).toBe('request.method_not_allowed')
})

test('a URL that cannot be decoded is answered 400', async () => {
  const answer = await app.inject({ url: '/items/%zz' })
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.malformed_url'])
})

test("the caller's own request id is kept where it is safe to log, and replaced where it is not", async () => {
  const ask = async (id: string) =>
    (await app.inject({ url: '/refusals/gone', headers: { 'x-request-id': id } })).headers['x-request-id']
  expect(await ask('order-17')).toBe('order-17')
  expect(await ask('a"b c')).not.toBe('a"b c')
  expect(await ask('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/)
})

test('what is no HTTP, or has too large a head, is answered with a problem and the connection ends', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  expect(await exchange(app, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"code":"request\.unreadable"/s)
  const head = `GET / HTTP/1.1\r\nhost: here\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`
  expect(await exchange(app, head)).toMatch(/^HTTP\/1\.1 431 .*"code":"request\.headers_too_large"/s)
})

function exchange(app: App, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(portOf(app), '127.0.0.1', () => socket.write(text))
    socket.on('data', chunk => {
      received += chunk
    })
    socket.on('error', reject)
    socket.on('end', () => resolve(received))
  })
}
