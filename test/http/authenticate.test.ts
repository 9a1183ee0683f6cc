import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '../../src/database/transaction.ts'
import { revokeApiKey } from '../../src/domains/organizations/index.ts'
import { callerOf } from '../../src/http/caller.ts'
import type { App } from '../../src/http/context.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { authorize, buildTestServer } from '../support/server.ts'

let database: TestDatabase
let cast: Cast
let app: App
let now = new Date('2026-03-01T12:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await serve()
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

/** A server with one route of scope metrics:read that tells who calls. */
function serve(): Promise<App> {
  return buildTestServer(database, {
    context: { now: () => now },
    routes: [
      app =>
        app.get(
          '/v1/organizations/:organizationId/caller',
          { config: { scope: 'metrics:read' } },
          async request => callerOf(request),
        ),
    ],
  })
}

const ask = (organization: { id: string }, headers: Record<string, string>, server = app) =>
  server.inject({ url: `/v1/organizations/${organization.id}/caller`, headers })

test('a key of the organization with the scope is let in, and the handler knows who calls', async () => {
  const { authorization, apiKeyId } = await authorize(database, cast.acme, ['metrics:read', 'events:write'])
  const answer = await ask(cast.acme, { authorization })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({
    kind: 'api_key',
    apiKeyId,
    organizationId: cast.acme.id,
    scopes: ['metrics:read', 'events:write'],
  })
})

test('the scheme and the organization are compared without regard to letter case', async () => {
  const { authorization } = await authorize(database, cast.acme)
  const headers = { authorization: authorization.replace('Bearer', 'bearer') }
  expect((await ask({ id: cast.acme.id.toUpperCase() }, headers)).statusCode).toBe(200)
})

test.each([
  ['no key', {}, 'organizations.api_key_missing', 'Bearer'],
  ['another scheme', { authorization: 'Basic YWRhOmE=' }, 'organizations.api_key_missing', 'Bearer'],
  ['no key after the scheme', { authorization: 'Bearer ' }, 'organizations.api_key_missing', 'Bearer'],
  [
    'text that is no key',
    { authorization: 'Bearer x' },
    'organizations.api_key_refused',
    'Bearer error="invalid_token"',
  ],
  [
    'a key that nobody made',
    { authorization: `Bearer tny_${'A'.repeat(43)}` },
    'organizations.api_key_refused',
    'Bearer error="invalid_token"',
  ],
])('%s is answered 401 with what to send', async (_what, headers, code, challenge) => {
  const answer = await ask(cast.acme, headers)
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['www-authenticate']).toBe(challenge)
  expect(answer.json()).toMatchObject({ code, detail: expect.stringContaining('tenantry api-key create') })
})

test("another organization's id is answered 404, word for word as one that does not exist", async () => {
  const { authorization } = await authorize(database, cast.acme)
  const other = await ask(cast.globex, { authorization })
  const nobody = await ask({ id: '00000000-0000-4000-8000-000000000000' }, { authorization })
  expect([other.statusCode, nobody.statusCode]).toEqual([404, 404])
  expect(other.json().code).toBe('organizations.not_found')
  expect(textOf(other, cast.globex.id)).toEqual(textOf(nobody, '00000000-0000-4000-8000-000000000000'))
})

const textOf = (answer: { json(): { detail: string } }, id: string) => answer.json().detail.replace(id, 'ID')

test('a key without the scope is answered 403, which names the scope', async () => {
  const { authorization } = await authorize(database, cast.acme, ['events:write', 'agents:write'])
  const answer = await ask(cast.acme, { authorization })
  expect(answer.statusCode).toBe(403)
  expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="metrics:read"')
  expect(answer.json()).toMatchObject({
    code: 'organizations.scope_missing',
    details: { scope: 'metrics:read' },
  })
})

test('a revoked key is refused with the very next request', async () => {
  const { authorization, apiKeyId } = await authorize(database, cast.acme)
  expect((await ask(cast.acme, { authorization })).statusCode).toBe(200)
  await inTenant(database.pool, cast.acme.id, tx => revokeApiKey(tx, { apiKeyId, now }))
  expect((await ask(cast.acme, { authorization })).statusCode).toBe(401)
})

test('the last use is kept to the minute, at the cost of one write a minute', async () => {
  const { authorization, apiKeyId } = await authorize(database, cast.acme)
  const useAt = async (time: string) => {
    const server = await serve()
    now = new Date(time)
    for (let request = 0; request < 3; request += 1) await ask(cast.acme, { authorization }, server)
    now = new Date(now.getTime() + 59_000)
    await ask(cast.acme, { authorization }, server)
    await server.close()
    const { rows } = await database.admin.query(
      'SELECT last_used_at, xmin::text AS version FROM api_keys WHERE id = $1',
      [apiKeyId],
    )
    return rows[0]
  }
  const first = await useAt('2026-03-01T12:00:00Z')
  expect(first.last_used_at).toEqual(new Date('2026-03-01T12:00:00Z'))
  const second = await useAt('2026-03-01T12:01:00Z')
  expect(second.last_used_at).toEqual(new Date('2026-03-01T12:01:00Z'))
  // A process whose clock is behind takes nothing back.
  const late = await useAt('2026-03-01T11:00:00Z')
  expect(late).toEqual(second)
})

test('what is asked of the database for a key is its hash, never the key', async () => {
  const { authorization } = await authorize(database, cast.acme)
  const { rows } = await database.admin.query('SELECT to_jsonb(api_keys) AS key FROM api_keys')
  const secret = authorization.slice('Bearer '.length)
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(JSON.stringify(rows)).toContain(secret.slice(0, 12))
})

test('a route that states neither a scope nor that it is open stops the server from starting', async () => {
  const start = buildTestServer(database, {
    routes: [app => void app.get('/undecided', async () => 'hello')],
  })
  await expect(start).rejects.toThrow('GET /undecided')
})
