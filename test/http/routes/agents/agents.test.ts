import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer } from '../../../support/server.ts'

let database: TestDatabase
let cast: Cast
let app: App
let headers: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database)
  headers = { authorization: (await authorize(database, cast.acme)).authorization }
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const put = (agentId: string, payload: object, organizationId = cast.acme.id) =>
  app.inject({
    method: 'PUT',
    url: `/v1/organizations/${organizationId}/agents/${agentId}`,
    headers,
    payload,
  })

const activation = (method: 'PUT' | 'DELETE', agentId: string) =>
  app.inject({
    method,
    url: `/v1/organizations/${cast.acme.id}/agents/${agentId}/activation`,
    headers,
  })

test('registers, changes, and says so', async () => {
  const id = randomUUID()
  const made = await put(id, { name: 'Helper', is_active: true })
  expect([made.statusCode, made.json()]).toEqual([201, { id, name: 'Helper', is_active: true }])
  const changed = await put(id.toUpperCase(), { name: 'Helper', is_active: false })
  expect([changed.statusCode, changed.json()]).toEqual([200, { id, name: 'Helper', is_active: false }])
})

test('a state that is left out stays as it is; a new agent is active', async () => {
  const id = randomUUID()
  expect((await put(id, { name: 'Helper' })).json()).toMatchObject({ is_active: true })
  await put(id, { name: 'Helper', is_active: false })
  const renamed = await put(id, { name: 'Sleeper' })
  expect([renamed.statusCode, renamed.json()]).toEqual([200, { id, name: 'Sleeper', is_active: false }])
})

test('an event that was refused for its agent is taken once the agent is registered', async () => {
  const agentId = randomUUID()
  const event = { id: uuidv7(), event_type: 'agent.error', agent_id: agentId }
  const post = () =>
    app.inject({
      method: 'POST',
      url: `/v1/organizations/${cast.acme.id}/events`,
      headers,
      payload: { events: [event] },
    })
  const [refused] = (await post()).json().rejected
  expect(refused.code).toBe('analytics.agent_unknown')
  expect(refused.message).toContain(`/agents/${agentId}`)
  await put(agentId, { name: 'New', is_active: false })
  expect((await post()).json()).toEqual({ inserted: 1, duplicates: 0, rejected: [] })
})

test("another organization's agent answers like any id that is taken", async () => {
  const answer = await put(cast.globex.agent.id, { name: 'Mine now', is_active: true })
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({ code: 'agents.id_unavailable' })
  expect(answer.body).not.toContain(cast.globex.id)
})

test('the limit of the plan is a conflict that says what to do', async () => {
  await database.admin.query('UPDATE organizations SET max_agents = 0 WHERE id = $1', [cast.acme.id])
  const answer = await put(randomUUID(), { name: 'One more', is_active: true })
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({
    code: 'agents.limit_reached',
    detail: expect.stringContaining('plan'),
  })
  expect((await put(randomUUID(), { name: 'Asleep', is_active: false })).statusCode).toBe(201)
})

test('one that is made gets an id, and only once for one Idempotency-Key', async () => {
  await database.admin.query('UPDATE organizations SET max_agents = NULL WHERE id = $1', [cast.acme.id])
  const post = () =>
    app.inject({
      method: 'POST',
      url: `/v1/organizations/${cast.acme.id}/agents`,
      headers: { ...headers, 'idempotency-key': 'one' },
      payload: { name: 'Made here' },
    })
  const made = await post()
  expect(made.statusCode).toBe(201)
  const { id } = made.json()
  expect(made.json()).toEqual({ id, name: 'Made here', is_active: true })
  expect((await post()).body).toBe(made.body)
  const { rows } = await database.admin.query("SELECT id FROM agents WHERE name = 'Made here'")
  expect(rows).toEqual([{ id }])
})

test('is switched off and on, which is recorded once each', async () => {
  const { agent } = cast.acme
  for (const method of ['DELETE', 'DELETE', 'PUT', 'PUT'] as const)
    expect((await activation(method, agent.id)).json()).toEqual({
      id: agent.id,
      name: agent.name,
      is_active: method === 'PUT',
    })
  const { rows } = await database.admin.query(
    'SELECT action_type FROM activity_logs WHERE resource_id = $1 ORDER BY created_at',
    [agent.id],
  )
  expect(rows.map(row => row.action_type)).toEqual(['agent.deactivated', 'agent.activated'])
})

test('is not switched on beyond the plan, and hears what to do', async () => {
  const id = randomUUID()
  await put(id, { name: 'Asleep', is_active: false })
  await database.admin.query('UPDATE organizations SET max_agents = 1 WHERE id = $1', [cast.acme.id])
  const answer = await activation('PUT', id)
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'agents.limit_reached'])
  expect(answer.json().detail).toContain('Deactivate another one')
  await database.admin.query('UPDATE organizations SET max_agents = NULL WHERE id = $1', [cast.acme.id])
})

test('one of another organization, or of none, is not there to be switched', async () => {
  for (const id of [cast.globex.agent.id, randomUUID()])
    for (const method of ['PUT', 'DELETE'] as const) {
      const answer = await activation(method, id)
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'agents.not_found'])
    }
})

test.each([
  ['an id that is none', 'x', { name: 'a', is_active: true }],
  ['no name', randomUUID(), { is_active: true }],
  ['an empty name', randomUUID(), { name: '' }],
  ['a field that is not known', randomUUID(), { name: 'a', active: true }],
  ['a state that is no boolean', randomUUID(), { name: 'a', is_active: 'yes' }],
])('%s is refused', async (_, agentId, payload) => {
  const answer = await put(agentId, payload)
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'request.invalid' })
})
