import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'
import { givePassword, openSession } from '../../../support/session.ts'

let database: TestDatabase
let cast: Cast
let app: App
let headers: { cookie: string; origin: string }

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  app = await buildTestServer(database)
  headers = (await openSession(database, cast.acme)).headers
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const url = () => `/v1/organizations/${cast.acme.id}`
const read = async () => (await app.inject({ url: url(), headers })).json()
const change = (payload: object) => app.inject({ method: 'PATCH', url: url(), headers, payload })

test('says what the organization is, and what its plan allows', async () => {
  await database.admin.query(
    'UPDATE organizations SET max_agents = 5, max_storage = 10737418240 WHERE id = $1',
    [cast.acme.id],
  )
  expect(await read()).toEqual({
    id: cast.acme.id,
    name: 'Acme',
    subdomain: 'acme',
    time_zone: 'UTC',
    plan: 'free',
    limits: { max_users: null, max_agents: 5, max_messages: null, max_storage: 10_737_418_240 },
    created_at: expect.any(String),
  })
})

test('changes what is given, and records who changed what from what', async () => {
  const answer = await change({ name: ' Acme Works ', time_zone: 'europe/berlin' })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({ name: 'Acme Works', subdomain: 'acme', time_zone: 'Europe/Berlin' })
  expect(await read()).toEqual(answer.json())
  await change({ name: 'Acme Works' }) // the same again is nothing
  await change({})
  const { rows } = await database.admin.query(
    `SELECT user_id, metadata FROM activity_logs WHERE action_type = 'organization.updated'`,
  )
  expect(rows).toEqual([
    {
      user_id: cast.ada.id,
      metadata: {
        name: { from: 'Acme', to: 'Acme Works' },
        time_zone: { from: 'UTC', to: 'Europe/Berlin' },
      },
    },
  ])
})

test('the subdomain of another organization is refused, however it is written, and nothing else is changed', async () => {
  const before = await read()
  const answer = await change({ name: 'Globex', subdomain: 'GLOBEX' })
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'organizations.subdomain_taken'])
  expect(await read()).toEqual(before)
  expect((await change({ subdomain: 'Acme-2' })).json()).toMatchObject({ subdomain: 'acme-2' })
})

test('a name that the list keeps for another zone stays as it was written', async () => {
  expect((await change({ time_zone: 'Asia/Kolkata' })).json()).toMatchObject({ time_zone: 'Asia/Kolkata' })
})

test.each([
  ['an empty name', { name: ' ' }],
  ['a name of two lines', { name: 'Acme\nWorks' }],
  ['a subdomain that is none', { subdomain: '-acme' }],
  ['a time zone that is none', { time_zone: 'Mars/Olympus' }],
  ['a time zone as an offset', { time_zone: '+02:00' }],
  ['a plan', { plan: 'enterprise' }],
  ['a limit', { limits: { max_agents: null } }],
])('%s is refused', async (_, payload) => {
  expect((await change(payload)).statusCode).toBe(400)
})
