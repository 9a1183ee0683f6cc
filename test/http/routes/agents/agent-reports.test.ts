import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AGENT_SORTS } from '../../../../src/domains/analytics/index.ts'
import type { App } from '../../../../src/http/context.ts'
import type { EventRow } from '../../../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer } from '../../../support/server.ts'
import { rawFigures } from '../analytics/raw-figures.ts'
import { CLUMSY, IDLE, NOW, within, writeForty } from '../analytics/report-scene.ts'

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
    url: `/v1/organizations/${cast.acme.id}/agents${path}`,
    headers: { authorization },
  })
  return { status: answer.statusCode, ...answer.json() }
}

/** What the events of the days amount to for one agent. */
function figures(agentId: string, from: string, to = from) {
  const own = within(events, from, to).filter(event => event.agent_id === agentId)
  const { active_users: _, workflow_executions: __, active_agents: ___, ...rest } = rawFigures(own).figures
  return rest
}

type Listed = Record<string, string | number | null> & { id: string; name: string }
const names = ({ data }: { data: Listed[] }) => data.map(agent => agent.name)

describe('the table', () => {
  const period = 'from=2026-03-05&to=2026-03-18'

  test('has every agent, with figures that equal what the events amount to', async () => {
    const page = await ask(`?${period}`)
    expect(page).toMatchObject({ status: 200, total: 3, time_zone: 'UTC', is_running: false })
    for (const agent of page.data) {
      expect(agent).toMatchObject(figures(agent.id, '2026-03-05', '2026-03-18'))
      const days = Array.from({ length: 14 }, (_, day) => `2026-03-${String(5 + day).padStart(2, '0')}`)
      expect(agent.daily_messages).toEqual(days.map(day => figures(agent.id, day).messages))
    }
    expect(page.data.find((agent: Listed) => agent.id === IDLE)).toMatchObject({
      name: 'idle',
      is_active: true,
      last_active_on: null,
      messages: 0,
      satisfaction: null,
    })
  })

  test.each(AGENT_SORTS)('is sorted by %s either way, and who has none comes last', async sort => {
    for (const order of ['asc', 'desc']) {
      const { data } = await ask(`?${period}&sort=${sort}&order=${order}`)
      const values = data.map((agent: Listed) => agent[sort]).filter((value: unknown) => value !== null)
      const sorted = [...values].sort((one, other) =>
        typeof one === 'number' ? one - other : String(one).localeCompare(other, 'en'),
      )
      expect(values).toEqual(order === 'asc' ? sorted : sorted.reverse())
      const firstNull = data.findIndex((agent: Listed) => agent[sort] === null)
      if (firstNull !== -1) expect(firstNull).toBe(values.length)
    }
  })

  test.each(['name', 'messages', 'satisfaction'])('by %s has each agent on one page only', async sort => {
    for (const order of ['asc', 'desc']) {
      const whole = await ask(`?${period}&sort=${sort}&order=${order}`)
      const seen: string[] = []
      for (let cursor = ''; ; ) {
        const page = await ask(`?${period}&sort=${sort}&order=${order}&limit=1${cursor}`)
        seen.push(...names(page))
        if (page.next_cursor === null) break
        cursor = `&cursor=${page.next_cursor}`
      }
      expect(seen).toEqual(names(whole))
    }
  })

  test('an agent that comes to the front meanwhile repeats and hides no other', async () => {
    const first = await ask(`?${period}&sort=name&order=asc&limit=2`)
    await database.admin.query(`INSERT INTO agents (organization_id, name) VALUES ($1, 'Aardvark')`, [
      cast.acme.id,
    ])
    const second = await ask(`?${period}&sort=name&order=asc&limit=2&cursor=${first.next_cursor}`)
    expect([names(first), names(second)]).toEqual([['Acme helper', 'Clumsy'], ['idle']])
    await database.admin.query(`DELETE FROM agents WHERE name = 'Aardvark'`)
  })

  test('is searched by a part of the name, in any case, and by status', async () => {
    expect(names(await ask('?search=HELP'))).toEqual(['Acme helper'])
    expect(names(await ask('?search=%25'))).toEqual([])
    await database.admin.query('UPDATE agents SET is_active = false WHERE id = $1', [IDLE])
    expect(names(await ask('?status=inactive'))).toEqual(['idle'])
    expect((await ask('?status=active')).total).toBe(2)
  })

  test.each([
    'sort=color',
    'order=up',
    'limit=0',
    'limit=101',
    'status=asleep',
    'cursor=nonsense',
    'search=',
  ])('refuses %s', async query => expect((await ask(`?${query}`)).status).toBe(400))
})

describe('one agent', () => {
  test('has totals, the period before and every day equal to what its events amount to', async () => {
    const answer = await ask(`/${CLUMSY}?from=2026-03-05&to=2026-03-18`)
    expect(answer).toMatchObject({ status: 200, id: CLUMSY, name: 'Clumsy', is_active: true })
    expect(answer.totals).toMatchObject(figures(CLUMSY, '2026-03-05', '2026-03-18'))
    expect(answer.previous).toMatchObject({
      from: '2026-02-19',
      to: '2026-03-04',
      ...figures(CLUMSY, '2026-02-19', '2026-03-04'),
    })
    expect(answer.days).toHaveLength(14)
    for (const day of answer.days) expect(day).toMatchObject(figures(CLUMSY, day.date))
  })

  test('that did nothing has zeros, and nothing to compare with', async () => {
    const { totals, previous } = await ask(`/${IDLE}`)
    expect(totals).toMatchObject({ messages: 0, avg_response_time: null })
    expect(previous).toBeNull()
  })

  test('of another organization, or of nobody, is not found', async () => {
    for (const id of [cast.globex.agent.id, 'dead0000-0000-4000-8000-000000000001'])
      expect(await ask(`/${id}`)).toMatchObject({ status: 404, code: 'agents.not_found' })
  })
})
