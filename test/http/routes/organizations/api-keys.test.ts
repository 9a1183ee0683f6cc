import { v4 as uuidv4, v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'
import { givePassword, openSession } from '../../../support/session.ts'

let database: TestDatabase
let cast: Cast
let app: App
let ada: { cookie: string; origin: string }
let now = new Date()

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  app = await buildTestServer(database, { context: { now: () => now } })
  ada = (await openSession(database, cast.acme)).headers
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})
beforeEach(async () => {
  now = new Date()
  await database.admin.query('DELETE FROM api_keys; DELETE FROM idempotency_keys')
})

const ask = (method: 'GET' | 'POST' | 'PUT', path = '', payload?: object, headers = {}) =>
  app.inject({
    method,
    url: `/v1/organizations/${cast.acme.id}/api-keys${path}`,
    headers: { ...ada, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })

const make = async (payload: object = { name: 'Website', scopes: ['events:write'] }) =>
  (await ask('POST', '', payload)).json()

/** What posting an event with the key is answered. */
const use = async (key: string) => {
  const answer = await app.inject({
    method: 'POST',
    url: `/v1/organizations/${cast.acme.id}/events`,
    headers: { authorization: `Bearer ${key}` },
    payload: { events: [{ id: uuidv7(), event_type: 'message.created' }] },
  })
  return answer.statusCode
}

test('a key is shown once, opens what its scopes name, and is listed without itself', async () => {
  const answer = await ask('POST', '', { name: ' Website ', scopes: ['events:write'] })
  expect(answer.statusCode).toBe(201)
  const { id, key } = answer.json()
  expect(answer.json()).toEqual({ id, key, name: 'Website', scopes: ['events:write'] })
  expect(await use(key)).toBe(200)
  await expect
    .poll(async () => (await ask('GET')).json().data[0])
    .toEqual({
      id,
      name: 'Website',
      prefix: key.slice(0, 12),
      scopes: ['events:write'],
      created_by: 'Ada Lovelace',
      created_at: expect.any(String),
      last_used_at: now.toISOString(),
      expires_at: null,
      revoked_at: null,
    })
  expect((await ask('GET')).body).not.toContain(key)
})

test('who made, rotated and revoked a key is recorded, without the key', async () => {
  const { id, key } = await make()
  const rotated = (await ask('POST', `/${id}/rotation`, {})).json()
  await ask('PUT', `/${id}/revocation`)
  const { rows } = await database.admin.query(
    `SELECT action_type, user_id, actor_name, host(ip_address) AS ip, metadata FROM activity_logs
     WHERE resource_type = 'api_key' AND resource_id = $1 ORDER BY created_at`,
    [id],
  )
  const by = { user_id: cast.ada.id, actor_name: 'Ada Lovelace', ip: '127.0.0.1' }
  expect(rows).toEqual([
    { ...by, action_type: 'api_key.created', metadata: { scopes: ['events:write'] } },
    {
      ...by,
      action_type: 'api_key.rotated',
      metadata: { new_key_id: rotated.id, old_key_ends_at: rotated.old_key_ends_at },
    },
    { ...by, action_type: 'api_key.revoked', metadata: null },
  ])
  for (const secret of [key, rotated.key]) expect(JSON.stringify(rows)).not.toContain(secret)
})

test('a replaced key goes on for a day and then ends, its successor does the same', async () => {
  const old = await make({ name: 'Website', scopes: ['events:write', 'metrics:read'] })
  const answer = await ask('POST', `/${old.id}/rotation`, {})
  expect(answer.statusCode).toBe(201)
  const successor = answer.json()
  expect(successor).toMatchObject({ name: 'Website', scopes: ['events:write', 'metrics:read'] })
  expect(successor.old_key_ends_at).toBe(new Date(now.getTime() + 86_400_000).toISOString())
  expect([await use(old.key), await use(successor.key)]).toEqual([200, 200])
  const [listed] = (await ask('GET')).json().data
  expect(listed).toMatchObject({ id: old.id, expires_at: successor.old_key_ends_at, revoked_at: null })
  await database.admin.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [old.id])
  expect([await use(old.key), await use(successor.key)]).toEqual([401, 200])
})

test('without an overlap the old key ends at once; within one it can still be revoked', async () => {
  const [leaked, missed] = [await make(), await make()]
  expect((await ask('POST', `/${leaked.id}/rotation`, { overlap_hours: 0 })).statusCode).toBe(201)
  expect(await use(leaked.key)).toBe(401)
  await ask('POST', `/${missed.id}/rotation`, { overlap_hours: 168 })
  expect(await use(missed.key)).toBe(200)
  expect((await ask('PUT', `/${missed.id}/revocation`)).statusCode).toBe(204)
  expect(await use(missed.key)).toBe(401)
})

test('a key is replaced once, however many ask at the same time, and an ended one never', async () => {
  const { id } = await make()
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask('POST', `/${id}/rotation`, {})))
  expect(answers.map(answer => answer.statusCode).sort()).toEqual([201, 409, 409, 409, 409])
  const refused = answers.find(answer => answer.statusCode === 409)?.json()
  expect(refused).toMatchObject({ code: 'organizations.api_key_rotated_before' })
  now = new Date(now.getTime() + 25 * 3_600_000)
  expect((await ask('POST', `/${id}/rotation`, {})).json()).toMatchObject({
    code: 'organizations.api_key_ended',
  })
  const revoked = await make()
  await ask('PUT', `/${revoked.id}/revocation`)
  const answer = await ask('POST', `/${revoked.id}/rotation`, {})
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'organizations.api_key_ended'])
})

test.each([
  ['making', ''],
  ['rotating', '/rotation'],
])('%s sent again shows the same key, and the database holds it nowhere', async (_, path) => {
  const target = path === '' ? '' : `/${(await make()).id}${path}`
  const payload = path === '' ? { scopes: ['events:write'] } : {}
  const headers = { 'idempotency-key': uuidv4() }
  const first = await ask('POST', target, payload, headers)
  const again = await ask('POST', target, payload, headers)
  expect([first.statusCode, again.statusCode, again.body]).toEqual([201, 201, first.body])
  const other = await ask('POST', target, { ...payload, name: 'Other', overlap_hours: 1 }, headers)
  expect(other.statusCode).toBeOneOf([400, 409])
  const { rows } = await database.admin.query(
    "SELECT encode(answer, 'escape') AS answer, * FROM idempotency_keys",
  )
  expect(rows).toHaveLength(1)
  const { key } = first.json()
  for (const part of [key, key.slice(4, 24), 'tny_'])
    for (const encoding of ['utf8', 'hex', 'base64'] as const)
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(part).toString(encoding))
})

test.each([
  ['no scope', { scopes: [] }],
  ['a scope that is none', { scopes: ['everything'] }],
  ['a name that is too long', { scopes: ['events:write'], name: 'x'.repeat(256) }],
])('%s is refused', async (_, payload) => {
  expect((await ask('POST', '', payload)).statusCode).toBe(400)
})

test("another organization's key is not there", async () => {
  const { rows } = await database.admin.query(
    `INSERT INTO api_keys (organization_id, name, key_prefix, key_hash, scopes)
     VALUES ($1, 'Theirs', 'tny_theirs', repeat('a', 64), '{events:write}') RETURNING id`,
    [cast.globex.id],
  )
  expect((await ask('GET')).json().data).toEqual([])
  for (const answer of [
    await ask('PUT', `/${rows[0].id}/revocation`),
    await ask('POST', `/${rows[0].id}/rotation`, {}),
  ])
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'organizations.api_key_not_found'])
})
