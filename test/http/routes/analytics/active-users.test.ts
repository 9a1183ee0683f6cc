import { afterAll, beforeAll, expect, test } from 'vitest'
import { GLOSSARY } from '../../../../src/domains/analytics/index.ts'
import type { App } from '../../../../src/http/context.ts'
import type { EventRow } from '../../../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer } from '../../../support/server.ts'
import { rawFigures } from './raw-figures.ts'
import { CLUMSY, NOW, within, writeForty } from './report-scene.ts'

let database: TestDatabase
let cast: Cast
let app: App
let authorization: string
let events: EventRow[]

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  events = await writeForty(database, cast)
  app = await buildTestServer(database, { context: { now: () => NOW } })
  authorization = (await authorize(database, cast.acme, ['metrics:read'])).authorization
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const ask = async (path: string) => {
  const answer = await app.inject({
    url: `/v1/organizations/${cast.acme.id}/${path}`,
    headers: { authorization },
  })
  return { status: answer.statusCode, ...answer.json() }
}

test.each([
  ['2026-03-01', '2026-03-01'],
  ['2026-03-01', '2026-03-02'],
  ['2026-02-20', '2026-03-20'],
  ['2000-01-01', '2026-12-31'],
])('from %s to %s each person counts once, whoever else came when', async (from, to) => {
  const { active_users } = rawFigures(within(events, from, to)).figures
  expect(await ask(`active-users?from=${from}&to=${to}`)).toEqual({
    status: 200,
    from,
    to,
    time_zone: 'UTC',
    is_running: to >= '2026-03-20',
    active_users,
    how: GLOSSARY.active_users.how,
  })
})

test('the busiest hours are those of the clock on the wall, by weekday', async () => {
  await database.admin.query(`UPDATE rollup_zones SET time_zone = 'Asia/Kolkata'`)
  const { status, messages, time_zone } = await ask(
    `agents/${CLUMSY}/busiest-hours?from=2026-03-05&to=2026-03-18`,
  )
  await database.admin.query(`UPDATE rollup_zones SET time_zone = 'UTC'`)
  const expected = Array.from({ length: 7 }, () => new Array(24).fill(0))
  for (const event of events) {
    const local = new Date(Date.parse(event.created_at) + 5.5 * 3_600_000)
    const day = local.toISOString().slice(0, 10)
    if (event.agent_id !== CLUMSY || event.event_type !== 'message.created') continue
    if (day >= '2026-03-05' && day <= '2026-03-18')
      count(expected, (local.getUTCDay() + 6) % 7, local.getUTCHours())
  }
  expect([status, time_zone, messages]).toEqual([200, 'Asia/Kolkata', expected])
})

test('the busiest hours of an agent of another organization are not found', async () => {
  expect((await ask(`agents/${cast.globex.agent.id}/busiest-hours`)).status).toBe(404)
})

test('the glossary explains every figure, to anybody', async () => {
  const answer = await app.inject({ url: '/v1/metrics-glossary' })
  expect(answer.json()).toEqual(GLOSSARY)
})

function count(week: number[][], weekday: number, hour: number): void {
  const hours = week[weekday] as number[]
  hours[hour] = (hours[hour] ?? 0) + 1
}
