import { gzipSync } from 'node:zlib'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer } from '../../../support/server.ts'

let database: TestDatabase
let cast: Cast
let app: App
let authorization: string

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database)
  authorization = (await authorize(database, cast.acme, ['events:write'])).authorization
})
beforeEach(async () => {
  await database.admin.query('TRUNCATE analytics_events, rollup_dirty')
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const newEvent = (fields: object = {}) => ({ id: uuidv7(), event_type: 'message.created', ...fields })

function post(
  payload: string | Buffer | object,
  options: { organizationId?: string; headers?: object } = {},
) {
  return app.inject({
    method: 'POST',
    url: `/v1/organizations/${options.organizationId ?? cast.acme.id}/events`,
    headers: { authorization, 'content-type': 'application/json', ...options.headers },
    payload,
  })
}

async function stored(): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>('SELECT count(*) FROM analytics_events')
  return rows[0]?.count ?? Number.NaN
}

test('events are stored before the answer, which accounts for each', async () => {
  const [first, second] = [newEvent(), newEvent()]
  await post({ events: [second] })
  const answer = await post({ events: [first, second, { ...newEvent(), user_id: cast.bob.id }] })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({
    inserted: 1,
    duplicates: 1,
    rejected: [
      {
        index: 2,
        id: expect.any(String),
        code: 'analytics.user_unknown',
        message: expect.stringContaining('end_user_id'),
      },
    ],
  })
  expect(await stored()).toBe(2)
})

test('a thousand events are taken, one more is not', async () => {
  const events = Array.from({ length: 1001 }, () => newEvent())
  expect((await post({ events: events.slice(1) })).json()).toEqual({
    inserted: 1000,
    duplicates: 0,
    rejected: [],
  })
  const refused = await post({ events })
  expect(refused.statusCode).toBe(400)
  expect(refused.json()).toMatchObject({ code: 'request.invalid', detail: expect.stringContaining('1000') })
  expect(await stored()).toBe(1000)
})

test('an item of any shape is judged by itself, never by the form of the whole', async () => {
  const odd = [
    null,
    'a',
    [],
    5,
    { id: 5, event_type: {} },
    { id: uuidv7(), event_type: 'x', properties: 'y' },
  ]
  const answer = await post({ events: [...odd, newEvent()] })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({ inserted: 1, rejected: odd.map((_, index) => ({ index })) })
})

test.each([
  ['no object', '[]'],
  ['no events', '{}'],
  ['events that are no array', '{"events": {}}'],
  ['null', 'null'],
])('a body with %s is refused as a whole', async (_, payload) => {
  const answer = await post(payload)
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({
    code: 'request.invalid',
    detail: expect.stringContaining('body/events'),
  })
})

describe('a body', () => {
  test.each(['event', '__proto__'])('with the unknown property %s is refused', async name => {
    const answer = await post(`{"events": [], "${name}": 1}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().detail).toContain(`body has the unknown property "${name}"`)
  })

  test('that is no JSON is refused', async () => {
    const answer = await post('{"events": [')
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'request.malformed_json' })
  })

  test('that is empty is refused', async () => {
    expect((await post('')).json()).toMatchObject({ status: 400, code: 'request.malformed_json' })
  })

  test('with bytes that are no UTF-8 is refused instead of changed', async () => {
    const body = Buffer.from(JSON.stringify({ events: [newEvent({ end_user_id: 'é' })] }), 'latin1')
    const answer = await post(body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'request.not_utf8' })
    expect(await stored()).toBe(0)
  })

  test('with a key called __proto__ is kept like any other', async () => {
    const properties = '{"__proto__": {"admin": true}, "constructor": {"prototype": 1}}'
    const answer = await post(
      `{"events": [{"id": "${uuidv7()}", "event_type": "a", "properties": ${properties}}]}`,
    )
    expect(answer.json()).toMatchObject({ inserted: 1, rejected: [] })
    const { rows } = await database.admin.query('SELECT properties::text FROM analytics_events')
    expect(rows[0]?.properties).toContain('"__proto__": {"admin": true}')
  })

  test('of another type than JSON is refused', async () => {
    expect((await post('a', { headers: { 'content-type': 'text/plain' } })).statusCode).toBe(415)
  })
})

describe('access', () => {
  test('to another organization is 404, and nothing is stored there', async () => {
    const answer = await post({ events: [newEvent()] }, { organizationId: cast.globex.id })
    expect(answer.statusCode).toBe(404)
    expect(await stored()).toBe(0)
  })

  test('needs the scope', async () => {
    const other = await authorize(database, cast.acme, ['metrics:read', 'agents:write'])
    expect((await post({ events: [] }, { headers: other })).statusCode).toBe(403)
  })

  test('is the same however the id is written', async () => {
    const answer = await post({ events: [newEvent()] }, { organizationId: cast.acme.id.toUpperCase() })
    expect(answer.json()).toMatchObject({ inserted: 1 })
    const { rows } = await database.admin.query('SELECT organization_id FROM analytics_events')
    expect(rows).toEqual([{ organization_id: cast.acme.id }])
  })
})

test('an event that comes too late is rejected, with the way to store it', async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString()
  const events = [6.9, 7.1].map(days => newEvent({ created_at: daysAgo(days) }))
  expect((await post({ events })).json()).toMatchObject({
    inserted: 1,
    rejected: [
      {
        index: 1,
        code: 'analytics.event_too_late',
        message: expect.stringContaining('tenantry events import'),
      },
    ],
  })
  const patient = await buildTestServer(database, { environment: { TENANTRY_LATE_EVENT_DAYS: '30' } })
  const answer = await patient.inject({
    method: 'POST',
    url: `/v1/organizations/${cast.acme.id}/events`,
    headers: { authorization },
    payload: { events },
  })
  await patient.close()
  expect(answer.json()).toEqual({ inserted: 1, duplicates: 1, rejected: [] })
})

test('a compressed request is taken', async () => {
  const payload = gzipSync(JSON.stringify({ events: Array.from({ length: 500 }, () => newEvent()) }))
  const answer = await post(payload, { headers: { 'content-encoding': 'gzip' } })
  expect(answer.json()).toEqual({ inserted: 500, duplicates: 0, rejected: [] })
})

test('a plan that has no message left refuses no event', async () => {
  await database.admin.query('UPDATE organizations SET max_messages = 0, max_agents = 0')
  expect((await post({ events: [newEvent({ agent_id: cast.acme.agent.id })] })).json()).toMatchObject({
    inserted: 1,
  })
})

test('stopping loses no request that was accepted', async () => {
  const stopping = await buildTestServer(database)
  const events = Array.from({ length: 200 }, () => newEvent())
  const answers = events.map(event =>
    stopping.inject({
      method: 'POST',
      url: `/v1/organizations/${cast.acme.id}/events`,
      headers: { authorization },
      payload: { events: [event] },
    }),
  )
  await answers[0]
  await stopping.close()
  const statuses = (await Promise.all(answers)).map(answer => answer.statusCode)
  expect(await stored()).toBe(statuses.filter(status => status === 200).length)
  expect(statuses.every(status => status === 200 || status === 503)).toBe(true)
})

test('the reference describes an event, field by field', async () => {
  const { paths } = (await app.inject({ url: '/openapi.json' })).json()
  const { requestBody } = paths['/v1/organizations/{organizationId}/events'].post
  const { items, maxItems } = requestBody.content['application/json'].schema.properties.events
  expect(maxItems).toBe(1000)
  expect(items.required).toEqual(['id', 'event_type'])
  expect(Object.keys(items.properties)).toContain('end_user_id')
})
