import { parse } from 'csv-parse/sync'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import type { EventRow } from '../../../domains/analytics/write-events.ts'
import { writeEvents } from '../../../domains/analytics/write-events.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer, portOf } from '../../../support/server.ts'
import { rawFigures } from './raw-figures.ts'
import { CLUMSY, NOW, within, writeForty } from './report-scene.ts'

const MANY = 100_000

let database: TestDatabase
let cast: Cast
let app: App
let authorization: string
let events: EventRow[]

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  events = await writeForty(database, cast)
  await database.admin.query(
    `INSERT INTO analytics_events (organization_id, id, created_at, event_type, end_user_id, properties)
     SELECT $1, uuid_generate_v4(), '2026-03-10'::timestamptz + n * interval '1 second', 'bulk', '=cmd|' || n,
       '{"text": "a \\"quoted\\", long line\\nof two", "tokens": 12}'
     FROM generate_series(1, $2::integer) AS n`,
    [cast.acme.id, MANY],
  )
  app = await buildTestServer(database, { context: { now: () => NOW } })
  await app.listen({ port: 0, host: '127.0.0.1' })
  authorization = (await authorize(database, cast.acme, ['events:read', 'metrics:read'])).authorization
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const fetchCsv = (path: string) =>
  fetch(`http://127.0.0.1:${portOf(app)}/v1/organizations/${cast.acme.id}/${path}`, {
    headers: { authorization },
  })
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true })

test('every event is a line, newest first, however many there are, while others arrive', async () => {
  const answer = await fetchCsv('events.csv?type=bulk')
  expect(answer.headers.get('content-type')).toContain('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="events-2026-03-20.csv"')
  await writeEvents(
    database.admin,
    ['2026-03-10T12:00:00.5Z', '2026-03-19T00:00:00Z'].map(created_at => ({
      id: uuidv7(),
      organization_id: cast.acme.id,
      event_type: 'bulk',
      created_at,
      end_user_id: 'late',
    })),
  )
  const rows = rowsOf(await answer.text())
  const known = rows.filter(row => row.end_user_id !== 'late')
  expect(known).toHaveLength(MANY)
  expect(new Set(rows.map(row => row.id)).size).toBe(rows.length)
  const times = rows.map(row => row.created_at as string)
  expect(times).toEqual([...times].sort().reverse())
  expect(known[0]).toMatchObject({ end_user_id: `'=cmd|${MANY}`, clock_skewed: 'false', user_id: '' })
  expect(JSON.parse(known[0]?.properties as string)).toEqual({
    text: 'a "quoted", long line\nof two',
    tokens: 12,
  })
})

test('narrowed down it has the same events as the pages', async () => {
  const rows = rowsOf(await (await fetchCsv(`events.csv?type=agent.error&agent_id=${CLUMSY}`)).text())
  const expected = events.filter(event => event.event_type === 'agent.error' && event.agent_id === CLUMSY)
  expect(rows.map(row => row.id).sort()).toEqual(expected.map(event => event.id).sort())
})

test('when it fails midway the connection breaks: a file that ends is whole', async () => {
  const answer = await fetchCsv('events.csv?type=bulk')
  await database.admin.query('REVOKE SELECT ON analytics_events FROM tenantry_tenant')
  try {
    await expect(answer.text()).rejects.toThrow()
  } finally {
    await database.admin.query('GRANT SELECT ON analytics_events TO tenantry_tenant')
  }
})

test('when it fails at once the answer says why', async () => {
  const answer = await fetchCsv('events.csv?from=yesterday')
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'analytics.time_invalid' })
})

test('no events are a header alone', async () => {
  const text = await (await fetchCsv('events.csv?type=never')).text()
  expect(text).toBe(
    'id,event_type,created_at,received_at,clock_skewed,user_id,end_user_id,agent_id,conversation_id,resource_type,resource_id,properties\r\n',
  )
})

test('days are lines with their figures, days without events included', async () => {
  const rows = rowsOf(await (await fetchCsv('metrics/daily.csv?from=2026-03-01&to=2026-03-09')).text())
  expect(rows.map(row => row.date)).toEqual(Array.from({ length: 9 }, (_, day) => `2026-03-0${day + 1}`))
  for (const row of rows) {
    const { figures } = rawFigures(within(events, row.date as string, row.date as string))
    for (const [name, value] of Object.entries(figures)) expect(row[name]).toBe(String(value ?? ''))
  }
})

test('a file is named after its period, so that two months are told apart, else after today', async () => {
  const nameOf = async (path: string) => {
    const answer = await fetchCsv(path)
    await answer.text()
    return /"(.*)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  }
  expect(await nameOf('events.csv?from=2026-02-01&to=2026-02-28')).toBe('events-2026-02-01-to-2026-02-28.csv')
  expect(await nameOf('events.csv?from=2026-02-01T00:00:00Z&type=never')).toBe('events-2026-03-20.csv')
  expect(await nameOf('metrics/daily.csv?from=2026-02-01&to=2026-02-28')).toBe(
    'daily-metrics-2026-02-01-to-2026-02-28.csv',
  )
  expect(await nameOf('agents.csv')).toBe('agents-2026-02-19-to-2026-03-20.csv')
})

test('agents are lines with their figures, each once, over any number of pages', async () => {
  await database.admin.query(
    `INSERT INTO agents (organization_id, name) SELECT $1, '@agent ' || n FROM generate_series(1, 1001) AS n`,
    [cast.acme.id],
  )
  const rows = rowsOf(await (await fetchCsv('agents.csv?from=2026-03-01&to=2026-03-09')).text())
  await database.admin.query(`DELETE FROM agents WHERE name LIKE '@agent%'`)
  expect(new Set(rows.map(row => row.id)).size).toBe(1004)
  expect(rows.filter(row => row.name?.startsWith("'@agent"))).toHaveLength(1001)
  const own = within(events, '2026-03-01', '2026-03-09').filter(event => event.agent_id === CLUMSY)
  const { messages, errors } = rawFigures(own).figures
  const clumsy = rows.find(row => row.id === CLUMSY)
  expect(clumsy).toMatchObject({ messages: String(messages), errors: String(errors), is_active: 'true' })
})
