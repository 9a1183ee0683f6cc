import type pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { authorize, buildTestServer } from '../support/server.ts'

let database: TestDatabase
let cast: Cast
let app: App

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
afterEach(() => app.close())
afterAll(() => database?.drop())

async function serve(environment: Record<string, string>): Promise<void> {
  app = await buildTestServer(database, {
    environment: { RATE_LIMIT_PER_KEY: '5', RATE_LIMIT_PER_ADDRESS: '3', ...environment },
    routes: [
      app => {
        app.get('/page', { config: { open: true } }, async () => 'hello')
        app.get(
          '/v1/organizations/:organizationId/thing',
          { config: { scope: 'metrics:read' } },
          async () => 'thing',
        )
      },
    ],
  })
}

const asKey = (authorization: string, remoteAddress = '192.0.2.1') =>
  app.inject({ url: `/v1/organizations/${cast.acme.id}/thing`, headers: { authorization }, remoteAddress })

test('a key has its own budget, whatever address it comes from, and each answer says what is left', async () => {
  await serve({})
  const { authorization } = await authorize(database, cast.acme)
  const other = await authorize(database, cast.acme)
  for (const left of [4, 3, 2, 1, 0]) {
    const answer = await asKey(authorization, `192.0.2.${left}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': String(left) })
  }
  const refused = await asKey(authorization)
  expect(refused.statusCode).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
  expect(refused.headers['ratelimit-remaining']).toBe('0')
  expect(refused.json()).toMatchObject({
    code: 'request.rate_limited',
    detail: expect.stringContaining('This API key may send 5 requests a minute'),
    details: { limit: 5 },
  })
  expect((await asKey(other.authorization)).statusCode).toBe(200)
})

test.each([
  ['for another organization', 404, () => cast.globex.id],
  ['without the scope', 403, () => cast.acme.id],
])('what a key asks for %s counts like the rest', async (_, status, organization) => {
  await serve({})
  const { authorization } = await authorize(database, cast.acme, ['events:write'])
  const ask = () =>
    app.inject({ url: `/v1/organizations/${organization()}/thing`, headers: { authorization } })
  for (const left of [4, 3, 2, 1, 0]) {
    const answer = await ask()
    expect([answer.statusCode, answer.headers['ratelimit-remaining']]).toEqual([status, String(left)])
  }
  expect((await ask()).statusCode).toBe(429)
})

test('a request without a valid key is told how many more there may be', async () => {
  await serve({})
  const attempts = [`Bearer tny_${'D'.repeat(43)}`, 'Basic x', `Bearer tny_${'E'.repeat(43)}`, 'Bearer x']
  const answers = []
  for (const attempt of attempts) answers.push(await asKey(attempt))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 429])
  expect(answers.map(({ headers }) => headers['ratelimit-remaining'])).toEqual(['2', '1', '0', '0'])
  for (const { headers } of answers) {
    expect(headers['ratelimit-limit']).toBe('3')
    expect(headers['ratelimit-reset']).toBe('60')
  }
})

test('an address that cannot be read is counted like one where nothing is', async () => {
  await serve({})
  const ask = () => app.inject({ url: '/%zz', remoteAddress: '192.0.2.9' })
  const answers = [await ask(), await ask(), await ask(), await ask()]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 429])
  expect(answers[0]?.headers).toMatchObject({
    'ratelimit-remaining': '2',
    'x-request-id': answers[0]?.json().request_id,
  })
})

test('without a key the address is counted, over pages and over addresses where nothing is', async () => {
  await serve({})
  const from = (url: string, remoteAddress: string) => app.inject({ url, remoteAddress })
  expect((await from('/page', '192.0.2.7')).statusCode).toBe(200)
  expect((await from('/nothing', '192.0.2.7')).statusCode).toBe(404)
  expect((await from('/page', '192.0.2.7')).statusCode).toBe(200)
  expect((await from('/page', '192.0.2.7')).json()).toMatchObject({
    code: 'request.rate_limited',
    detail: expect.stringContaining('This address may send 3 requests a minute'),
  })
  expect((await from('/nothing', '192.0.2.7')).statusCode).toBe(429)
  expect((await from('/page', '192.0.2.8')).statusCode).toBe(200)
})

test('an address of IPv6 is counted by its network of 64 bits, which one customer has whole', async () => {
  await serve({})
  const statuses = []
  for (const host of ['1', '2', '3', '4'])
    statuses.push((await app.inject({ url: '/page', remoteAddress: `2001:db8::${host}` })).statusCode)
  expect(statuses).toEqual([200, 200, 200, 429])
})

test('whoever guesses keys costs the database a bounded number of look-ups, however many at once', async () => {
  await serve({})
  const { counted, restore } = countLookUps(database.pool)
  const guesses = Array.from({ length: 40 }, (_, index) => `Bearer tny_${String(index).padStart(43, 'A')}`)
  const answers = await Promise.all(guesses.map(guess => asKey(guess)))
  restore()
  expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(3)
  const refused = answers.filter(({ statusCode }) => statusCode === 429)
  expect(refused).toHaveLength(37)
  expect(refused[0]?.headers['retry-after']).toMatch(/^\d+$/)
  expect(refused[0]?.json()).toMatchObject({
    code: 'request.rate_limited',
    detail: expect.stringContaining('Correct the key'),
  })
  expect(counted()).toBe(3)
})

test('a key that has proved good goes on working while somebody at its address guesses', async () => {
  await serve({})
  const { authorization } = await authorize(database, cast.acme)
  expect((await asKey(authorization)).statusCode).toBe(200)
  for (let guess = 0; guess < 5; guess += 1) await asKey(`Bearer tny_${String(guess).padStart(43, 'B')}`)
  expect((await asKey(`Bearer tny_${'C'.repeat(43)}`)).statusCode).toBe(429)
  expect((await asKey(authorization)).statusCode).toBe(200)
})

test('behind a trusted proxy the address that the proxy names is counted; from anybody else it is not believed', async () => {
  await serve({ TRUSTED_PROXIES: '10.0.0.0/8' })
  const by = (remoteAddress: string, client: number) =>
    app.inject({ url: '/page', remoteAddress, headers: { 'x-forwarded-for': `192.0.2.${client}` } })
  for (const client of [1, 2, 3, 4, 5]) expect((await by('10.1.2.3', client)).statusCode).toBe(200)
  for (const client of [1, 2, 3]) expect((await by('198.51.100.1', client)).statusCode).toBe(200)
  expect((await by('198.51.100.1', 4)).statusCode).toBe(429)
})

/** Counts the keys that are looked up, however many in one statement, and lets them through. */
function countLookUps(pool: pg.Pool) {
  const query = pool.query
  let count = 0
  pool.query = ((...args: Parameters<typeof query>) => {
    const { text = '', values = [] }: Partial<pg.QueryConfig> = Object(args[0])
    if (text.includes('find_api_key')) count += values.flat().length
    return query.apply(pool, args)
  }) as typeof query
  return {
    counted: () => count,
    restore: () => {
      pool.query = query
    },
  }
}
