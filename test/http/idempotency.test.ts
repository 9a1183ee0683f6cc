import { Type } from 'typebox'
import { v4 as uuidv4 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inRole, inTenant } from '../../src/database/transaction.ts'
import { pruneAnswers } from '../../src/domains/idempotency/index.ts'
import { createApiKey } from '../../src/domains/organizations/index.ts'
import type { App, Routes } from '../../src/http/context.ts'
import { keepAnswer } from '../../src/http/idempotency.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { authorize, buildTestServer } from '../support/server.ts'
import { cookieOf, givePassword, openSession, PASSWORD, pageHeaders } from '../support/session.ts'

let database: TestDatabase
let cast: Cast
let app: App
let acme: string
let globex: string

/** What the handlers below do beside their work, set by a test. */
let beforeChange: () => Promise<void>
let afterChange: () => Promise<void>

/** Two routes that make an API key, whose answer holds a secret: one keeps its answer in the transaction, one does not. */
const routes: Routes = (server, { pool }) => {
  for (const kept of ['kept', 'plain'] as const)
    server.post(
      `/v1/organizations/:organizationId/${kept}`,
      {
        config: { scope: 'agents:write', permission: 'agents:write' },
        schema: {
          params: Type.Object({ organizationId: Type.String() }),
          body: Type.Object({ name: Type.String(), scopes: Type.Array(Type.String()) }),
          response: { 201: Type.Object({ id: Type.String(), key: Type.String() }) },
        },
      },
      async (request, reply) => {
        const answer = await inTenant(pool, request.params.organizationId, async tx => {
          await beforeChange()
          const body = await createApiKey(tx, request.body)
          return kept === 'kept' ? keepAnswer(tx, request, { status: 201, body }) : body
        })
        await afterChange()
        return reply.code(201).send(answer)
      },
    )
  server.post('/open', { config: { open: true } }, async (_request, reply) => {
    made += 1
    return reply.code(201).header('location', `/made/${made}`).send({ made })
  })
  server.post('/unaware', { config: { open: true, idempotency: false } }, async () => {
    made += 1
    return { made }
  })
}
let made = 0

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database, { routes: [routes] })
  acme = (await authorize(database, cast.acme)).authorization
  globex = (await authorize(database, cast.globex)).authorization
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})
beforeEach(async () => {
  beforeChange = async () => {}
  afterChange = async () => {}
  made = 0
  await database.admin.query(`DELETE FROM idempotency_keys; DELETE FROM api_keys WHERE name = 'Made here'`)
})

const BODY = { name: 'Made here', scopes: ['events:write'] }

function post(
  key: string | undefined,
  { path = 'kept', body = BODY as unknown, by = acme, to = cast.acme } = {},
) {
  return app.inject({
    method: 'POST',
    url: `/v1/organizations/${to.id}/${path}`,
    headers: {
      authorization: by,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    payload: JSON.stringify(body),
  })
}

async function countMade(): Promise<number> {
  const { rows } = await database.admin.query(`SELECT FROM api_keys WHERE name = 'Made here'`)
  return rows.length
}

const grow = (column: string, seconds: number) =>
  database.admin.query(
    `UPDATE idempotency_keys SET ${column} = ${column} - make_interval(secs => ${seconds})`,
  )

describe.each(['kept', 'plain'])('a request whose answer is %s', path => {
  test('is carried out once, and answered alike each time', async () => {
    const key = uuidv4()
    const first = await post(key, { path })
    expect(first.statusCode).toBe(201)
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    for (let n = 0; n < 2; n++) {
      const again = await post(key, { path })
      expect(again.statusCode).toBe(201)
      expect(again.body).toBe(first.body)
      expect(again.headers['content-type']).toBe(first.headers['content-type'])
      expect(again.headers['idempotency-replayed']).toBe('true')
    }
    expect(await countMade()).toBe(1)
  })

  test('is carried out once, however many arrive together', async () => {
    const key = uuidv4()
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(key, { path })))
    expect(await countMade()).toBe(1)
    const made = answers.filter(({ statusCode }) => statusCode === 201)
    expect(made.length).toBeGreaterThan(0)
    expect(new Set(made.map(({ body }) => body)).size).toBe(1)
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 201)) {
      expect(answer.statusCode).toBe(409)
      expect(answer.json().code).toBe('request.in_progress')
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    }
  })

  test('with another body or address under its key is refused', async () => {
    const key = uuidv4()
    await post(key, { path })
    for (const other of [
      { path, body: { ...BODY, name: 'Other' } },
      { path, body: { ...BODY, scopes: [...BODY.scopes, 'metrics:read'] } },
      { path: path === 'kept' ? 'plain' : 'kept' },
    ]) {
      const answer = await post(key, other)
      expect(answer.statusCode).toBe(409)
      expect(answer.json().code).toBe('request.idempotency_key_reused')
    }
    expect(await countMade()).toBe(1)
  })

  test('is the same with its properties in another order', async () => {
    const key = uuidv4()
    const first = await post(key, { path })
    const again = await post(key, { path, body: { scopes: BODY.scopes, name: BODY.name } })
    expect(again.body).toBe(first.body)
  })

  test("is nobody else's: another key and another organization make their own", async () => {
    const key = uuidv4()
    const { authorization: other } = await authorize(database, cast.acme)
    const bodies = [
      await post(key, { path }),
      await post(key, { path, by: other }),
      await post(key, { path, by: globex, to: cast.globex }),
    ].map(answer => answer.body)
    expect(new Set(bodies).size).toBe(3)
    expect(await countMade()).toBe(3)
  })

  test('that was refused may be put right under the same key', async () => {
    const key = uuidv4()
    const refused = await post(key, { path, body: { ...BODY, scopes: ['no:such'] } })
    expect(refused.statusCode).toBe(400)
    expect((await post(key, { path })).statusCode).toBe(201)
  })

  test('is another one after 24 hours', async () => {
    const key = uuidv4()
    const first = await post(key, { path })
    await grow('created_at', 24 * 60 * 60 + 1)
    const second = await post(key, { path })
    expect(second.statusCode).toBe(201)
    expect(second.body).not.toBe(first.body)
    expect((await post(key, { path })).body).toBe(second.body)
  })

  test('leaves neither its key nor its answer in clear', async () => {
    const key = uuidv4()
    const answer = await post(key, { path })
    const { rows } = await database.admin.query(
      'SELECT idempotency_keys::text AS row, answer FROM idempotency_keys',
    )
    expect(rows).toHaveLength(1)
    expect(rows[0].row).not.toContain(key)
    for (const secret of [answer.json().key, answer.json().id, '"status"'])
      expect(rows[0].answer.includes(secret), secret).toBe(false)
  })
})

describe('where we are killed between the change and the answer', () => {
  const die = async () => {
    throw new Error('killed')
  }

  test('an answer that was kept with the change is given all the same', async () => {
    const key = uuidv4()
    afterChange = die
    expect((await post(key)).statusCode).toBe(500)
    afterChange = async () => {}
    expect((await post(key)).statusCode).toBe(201)
    expect(await countMade()).toBe(1)
  })

  test('any other is in doubt: refused for a minute, then carried out again', async () => {
    const key = uuidv4()
    afterChange = die
    await post(key, { path: 'plain' })
    afterChange = async () => {}
    expect((await post(key, { path: 'plain' })).json().code).toBe('request.in_progress')
    await grow('claimed_at', 61)
    expect((await post(key, { path: 'plain' })).statusCode).toBe(201)
    expect(await countMade()).toBe(2)
  })
})

test('a request that another one took the place of undoes its own change', async () => {
  const key = uuidv4()
  let reached = () => {}
  let goOn = () => {}
  const hasReached = new Promise<void>(resolve => {
    reached = resolve
  })
  const mayGoOn = new Promise<void>(resolve => {
    goOn = resolve
  })
  beforeChange = async () => {
    reached()
    await mayGoOn
  }
  const slow = post(key)
  await hasReached
  beforeChange = async () => {}
  expect((await post(key)).json().code).toBe('request.in_progress')
  await grow('claimed_at', 61)
  const second = await post(key)
  expect(second.statusCode).toBe(201)
  goOn()
  expect((await slow).statusCode).toBe(409)
  expect(await countMade()).toBe(1)
  expect((await post(key)).body).toBe(second.body)
})

test('a member repeats what they sent, in the same session alone', async () => {
  await givePassword(database.admin, cast.ada)
  const key = uuidv4()
  const send = (headers: { cookie: string; origin: string }) =>
    app.inject({
      method: 'POST',
      url: `/v1/organizations/${cast.acme.id}/kept`,
      headers: { ...headers, 'idempotency-key': key },
      payload: BODY,
    })
  const { headers } = await openSession(database, cast.acme)
  const first = await send(headers)
  expect(first.statusCode).toBe(201)
  expect((await send(headers)).body).toBe(first.body)
  const { headers: elsewhere } = await openSession(database, cast.acme)
  expect((await send(elsewhere)).body).not.toBe(first.body)
})

test('the description names the header where it is taken', async () => {
  const { paths } = (await app.inject({ url: '/openapi.json' })).json()
  const headerOf = (path: string) =>
    JSON.stringify(paths[path]?.post?.parameters ?? []).includes('idempotency-key')
  expect(headerOf('/v1/organizations/{organizationId}/kept')).toBe(true)
  expect(headerOf('/open')).toBe(true)
  expect(headerOf('/unaware')).toBe(false)
})

test('without the header each request is another one', async () => {
  await post(undefined)
  await post(undefined)
  expect(await countMade()).toBe(2)
})

test.each(['', 'two words', 'ключ', 'x'.repeat(256)])('%j is no key', async key => {
  const answer = await post(key)
  expect(answer.statusCode).toBe(400)
  expect(answer.json().detail).toContain('idempotency-key')
})

describe('an open route that takes keys', () => {
  const ask = (key: string, url = '/open') =>
    app.inject({ method: 'POST', url, headers: { 'idempotency-key': key }, payload: {} })

  test('answers alike, where the key cannot be guessed', async () => {
    const key = uuidv4()
    const first = await ask(key)
    const again = await ask(key)
    expect(again.body).toBe(first.body)
    expect(again.headers.location).toBe('/made/1')
    expect(made).toBe(1)
  })

  test('refuses a key that somebody else may think of too', async () => {
    const answer = await ask('order-1')
    expect(answer.statusCode).toBe(400)
    expect(answer.json().code).toBe('request.idempotency_key_too_short')
  })

  test('that takes none ignores it', async () => {
    const key = uuidv4()
    await ask(key, '/unaware')
    await ask(key, '/unaware')
    expect(made).toBe(2)
  })
})

describe('signing up', () => {
  const BODY = {
    organization_name: 'Initech',
    subdomain: 'initech',
    email: 'bill@initech.test',
    password: PASSWORD,
  }
  const send = (server: App, path: string, key: string, payload: object) =>
    server.inject({ method: 'POST', url: path, headers: { 'idempotency-key': key }, payload })

  test('sent again gives the same answer with the same session, and the database holds nothing that opens it', async () => {
    const server = await buildTestServer(database)
    for (const [path, payload] of [
      ['/v1/sign-ups', BODY],
      ['/v1/sessions', { email: BODY.email, password: PASSWORD }],
    ] as const) {
      const key = uuidv4()
      const first = await send(server, path, key, payload)
      expect(first.statusCode).toBe(201)
      const again = await send(server, path, key, payload)
      expect([again.statusCode, again.body]).toEqual([201, first.body])
      const { token } = cookieOf(first)
      expect(token).toMatch(/^[\w-]{43}$/)
      expect(cookieOf(again)).toEqual(cookieOf(first))
      expect((await server.inject({ url: '/v1/session', headers: pageHeaders(token) })).statusCode).toBe(200)

      const other = await send(server, path, key, { ...payload, password: `${PASSWORD}!` })
      expect([other.statusCode, other.json().code]).toEqual([409, 'request.idempotency_key_reused'])
      const { rows } = await database.admin.query(
        "SELECT encode(answer, 'escape') AS answer, * FROM idempotency_keys",
      )
      for (const secret of [token, PASSWORD, key])
        for (const encoding of ['utf8', 'hex', 'base64'] as const)
          expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString(encoding))
    }
    await server.close()
  })

  test('a wrong password is tried each time, and counts each time', async () => {
    const server = await buildTestServer(database)
    const key = uuidv4()
    const wrong = { email: 'nobody@initech.test', password: 'wrong password' }
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect((await send(server, '/v1/sessions', key, wrong)).statusCode).toBe(401)
    expect((await send(server, '/v1/sessions', key, wrong)).statusCode).toBe(429)
    await server.close()
  })
})

test('events have ids of their own: the key changes nothing', async () => {
  const server = await buildTestServer(database)
  const send = () =>
    server.inject({
      method: 'POST',
      url: `/v1/organizations/${cast.acme.id}/events`,
      headers: { authorization: acme, 'idempotency-key': 'same' },
      payload: { events: [{ event_type: 'message.created', end_user_id: 'visitor-1' }] },
    })
  const [first, second] = [await send(), await send()]
  expect(first.statusCode).toBe(second.statusCode)
  expect(first.headers['idempotency-replayed']).toBeUndefined()
  expect(second.headers['idempotency-replayed']).toBeUndefined()
  await server.close()
})

test('answers older than 24 hours are removed', async () => {
  await post(uuidv4())
  const prune = () => inRole(database.pool, 'tenantry_jobs', pruneAnswers)
  const count = async () => (await database.admin.query('SELECT FROM idempotency_keys')).rowCount
  await prune()
  expect(await count()).toBe(1)
  await grow('created_at', 24 * 60 * 60 + 1)
  await prune()
  expect(await count()).toBe(0)
})
