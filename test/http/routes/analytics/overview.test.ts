import { afterAll, beforeAll, expect, test } from 'vitest'
import { GLOSSARY } from '../../../../src/domains/analytics/index.ts'
import type { App } from '../../../../src/http/context.ts'
import type { EventRow } from '../../../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer } from '../../../support/server.ts'
import { rawFigures } from './raw-figures.ts'
import { NOW, within, writeForty } from './report-scene.ts'

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

const ask = async (query = '') => {
  const url = `/v1/organizations/${cast.acme.id}/overview${query}`
  const answer = await app.inject({ url, headers: { authorization } })
  return { status: answer.statusCode, ...answer.json() }
}

/** What the answer has to say of the days, by the events alone. */
const figures = (from: string, to = from) => rawFigures(within(events, from, to)).figures

test('without a period it is about the last 30 days, today included', async () => {
  expect(await ask()).toMatchObject({
    status: 200,
    from: '2026-02-19',
    to: '2026-03-20',
    time_zone: 'UTC',
    is_running: true,
    computed_at: expect.stringMatching(/^\d{4}-.*Z$/),
  })
})

test('totals, the period before and every day equal what the events amount to', async () => {
  const { totals, previous, days } = await ask('?from=2026-03-05&to=2026-03-18')
  expect(totals).toMatchObject(figures('2026-03-05', '2026-03-18'))
  expect(previous).toMatchObject({
    from: '2026-02-19',
    to: '2026-03-04',
    ...figures('2026-02-19', '2026-03-04'),
  })
  expect(days).toHaveLength(14)
  for (const day of days) expect(day).toMatchObject(figures(day.date))
  expect(Object.keys(totals).sort()).toEqual(Object.keys(GLOSSARY).sort())
})

test('percentiles lie within a bucket of the exact ones', async () => {
  const { totals, days } = await ask('?from=2026-03-05&to=2026-03-18')
  for (const [found, from, to] of [
    [totals, '2026-03-05', '2026-03-18'],
    ...days.map((day: { date: string }) => [day, day.date]),
  ]) {
    const { exact } = rawFigures(within(events, from, to ?? from))
    for (const [name, value] of Object.entries(exact)) {
      if (value === null) expect(found[name]).toBeNull()
      else expect(Math.abs(found[name] - value)).toBeLessThanOrEqual(value * 0.1 + 1)
    }
  }
})

test('a day without events is there, with zeros, and nulls where nothing was measured', async () => {
  const { days } = await ask('?from=2026-03-15&to=2026-03-15')
  expect(days).toEqual([
    {
      date: '2026-03-15',
      computed_at: null,
      messages: 0,
      conversations: 0,
      tokens: 0,
      active_users: 0,
      avg_response_time: null,
      p50_response_time: null,
      p95_response_time: null,
      p99_response_time: null,
      satisfaction: null,
      ratings: 0,
      errors: 0,
      workflow_executions: 0,
      active_agents: 0,
    },
  ])
})

test('whoever comes on several days is one active user', async () => {
  const { totals, days } = await ask()
  const added = days.reduce((sum: number, day: { active_users: number }) => sum + day.active_users, 0)
  expect(totals.active_users).toBe(17)
  expect(added).toBeGreaterThan(17)
})

test('today stands beside yesterday, whatever the period', async () => {
  const { today, yesterday } = await ask('?from=2026-03-01&to=2026-03-02')
  expect(today).toMatchObject({ date: '2026-03-20', ...figures('2026-03-20') })
  expect(yesterday).toMatchObject({ date: '2026-03-19', ...figures('2026-03-19') })
})

test('where nothing had happened before there is nothing to compare with', async () => {
  const { previous, totals } = await ask('?from=2026-02-01&to=2026-03-20')
  expect(previous).toBeNull()
  expect(totals.messages).toBe(events.filter(event => event.event_type === 'message.created').length)
})

test('the busiest agents come first, and one that did nothing is left out', async () => {
  const { busiest_agents: agents } = await ask('?from=2026-03-05&to=2026-03-18')
  expect(agents.map((agent: { name: string }) => agent.name)).toEqual(['Acme helper', 'Clumsy'])
  for (const agent of agents) {
    const own = within(events, '2026-03-05', '2026-03-18').filter(event => event.agent_id === agent.id)
    const { messages, conversations, tokens, errors, avg_response_time, satisfaction } =
      rawFigures(own).figures
    expect(agent).toMatchObject({ messages, conversations, tokens, errors, avg_response_time, satisfaction })
  }
})

test('days are those of the organization', async () => {
  for (const table of [
    'organizations SET time_zone = $2 WHERE id',
    'rollup_zones SET time_zone = $2 WHERE organization_id',
  ])
    await database.admin.query(`UPDATE ${table} = $1`, [cast.globex.id, 'Pacific/Auckland'])
  const key = await authorize(database, cast.globex, ['metrics:read'])
  const url = `/v1/organizations/${cast.globex.id}/overview`
  const answer = await app.inject({ url, headers: { authorization: key.authorization } })
  expect(answer.json()).toMatchObject({ to: '2026-03-21', time_zone: 'Pacific/Auckland' })
})

test.each([
  ['?from=2026-02-30', 'no day of the calendar'],
  ['?from=2026-03-02&to=2026-03-01', 'Swap'],
  ['?from=2024-01-01&to=2026-03-01', 'in parts'],
  ['?day=1', 'day'],
])('the question "%s" is refused with what is wrong with it', async (query, said) => {
  const { status, detail } = await ask(query)
  expect([status, detail]).toEqual([400, expect.stringContaining(said)])
})
