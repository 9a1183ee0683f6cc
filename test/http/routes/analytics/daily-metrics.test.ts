import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
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
  authorization = (await authorize(database, cast.acme, ['metrics:read'])).authorization
})
beforeEach(() => database.admin.query('TRUNCATE daily_metrics'))
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const read = (query: string) =>
  app.inject({ url: `/v1/organizations/${cast.acme.id}/metrics/daily?${query}`, headers: { authorization } })

async function store(date: string, organizationId = cast.acme.id): Promise<void> {
  await database.admin.query(
    `INSERT INTO daily_metrics (organization_id, date, total_messages, total_conversations, total_tokens, unique_users,
       agent_count, workflow_executions, response_time_sum_ms, response_time_count)
     VALUES ($1, $2, 3, 2, 9007199254740991, 4, 1, 5, 301, 2)`,
    [organizationId, date],
  )
}

test('each day with figures is an item, in order, with the first and the last day', async () => {
  for (const date of ['2026-03-03', '2026-02-28', '2026-03-01', '2026-03-04']) await store(date)
  await store('2026-03-02', cast.globex.id)
  const answer = await read('from=2026-03-01&to=2026-03-03')
  expect(answer.statusCode).toBe(200)
  const figures = {
    total_messages: 3,
    total_conversations: 2,
    total_tokens: 9_007_199_254_740_991,
    unique_users: 4,
    avg_response_time: 150.5,
    agent_count: 1,
    workflow_executions: 5,
  }
  expect(answer.json()).toEqual({
    data: [
      { date: '2026-03-01', ...figures },
      { date: '2026-03-03', ...figures },
    ],
  })
})

test('an average of nothing is null, not 0', async () => {
  await store('2026-03-01')
  await database.admin.query('UPDATE daily_metrics SET response_time_sum_ms = 0, response_time_count = 0')
  expect((await read('from=2026-03-01&to=2026-03-01')).json().data[0].avg_response_time).toBeNull()
})

test('a period without events is an empty list', async () => {
  expect((await read('from=2020-01-01&to=2020-12-31')).json()).toEqual({ data: [] })
})

test.each([
  ['from=2026-02-30&to=2026-03-01', '"from" is "2026-02-30", which is no day of the calendar'],
  ['from=01.03.2026&to=2026-03-01', 'Write it as YYYY-MM-DD'],
  ['from=2026-03-01', 'to'],
  ['', 'from'],
  ['from=2026-03-02&to=2026-03-01', 'Swap'],
  ['from=2024-01-01&to=2026-03-01', 'in parts'],
  ['from=2026-03-01&to=2026-03-01&day=1', 'day'],
])('the question "%s" is refused with what is wrong with it', async (query, said) => {
  const answer = await read(query)
  expect(answer.statusCode).toBe(400)
  expect(answer.json().detail).toContain(said)
})

test('the figures of another organization are not found', async () => {
  const answer = await app.inject({
    url: `/v1/organizations/${cast.globex.id}/metrics/daily?from=2026-03-01&to=2026-03-01`,
    headers: { authorization },
  })
  expect(answer.statusCode).toBe(404)
})

test('a key without the scope is refused', async () => {
  const other = await authorize(database, cast.acme, ['events:write'])
  const answer = await app.inject({
    url: `/v1/organizations/${cast.acme.id}/metrics/daily?from=2026-03-01&to=2026-03-01`,
    headers: { authorization: other.authorization },
  })
  expect(answer.statusCode).toBe(403)
})
