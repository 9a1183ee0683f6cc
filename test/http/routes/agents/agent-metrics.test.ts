import { afterAll, beforeAll, expect, test } from 'vitest'
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
  for (const { id, agent } of [cast.acme, cast.globex])
    await database.admin.query(
      `INSERT INTO agent_metrics (organization_id, agent_id, date, conversation_count, message_count, total_tokens,
         error_count, response_time_sum_ms, response_time_count, rating_sum, rating_count)
       SELECT $1, $2, date::date, 1, 2, 3, 4, 10, 3, 0, 0
       FROM unnest(ARRAY['2026-03-02', '2026-03-01', '2026-04-01']) AS date`,
      [id, agent.id],
    )
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const read = (agentId: string, query = 'from=2026-03-01&to=2026-03-31') =>
  app.inject({
    url: `/v1/organizations/${cast.acme.id}/agents/${agentId}/metrics?${query}`,
    headers: { authorization },
  })

test('each day with figures is an item, in order', async () => {
  const answer = await read(cast.acme.agent.id)
  expect(answer.statusCode).toBe(200)
  const figures = {
    agent_id: cast.acme.agent.id,
    conversation_count: 1,
    message_count: 2,
    avg_response_time: 3.33,
    total_tokens: 3,
    error_count: 4,
    satisfaction_score: null,
  }
  expect(answer.json()).toEqual({
    data: [
      { ...figures, date: '2026-03-01' },
      { ...figures, date: '2026-03-02' },
    ],
  })
})

test('the id may be written in capitals', async () => {
  expect((await read(cast.acme.agent.id.toUpperCase())).json().data).toHaveLength(2)
})

test.each([
  ['that nobody has', () => 'dead0000-0000-4000-8000-000000000001'],
  ['of another organization', () => cast.globex.agent.id],
])('an agent %s is not found', async (_what, agentId) => {
  const answer = await read(agentId())
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toMatchObject({ code: 'agents.not_found' })
})

test('a wrong period is refused before anything is looked up', async () => {
  expect((await read(cast.acme.agent.id, 'from=2026-03-02&to=2026-03-01')).statusCode).toBe(400)
})
