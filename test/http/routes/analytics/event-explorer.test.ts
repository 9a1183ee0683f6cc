import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type EventRow, writeEvents } from '../../../domains/analytics/write-events.ts'
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
  await database.admin.query(`SELECT ensure_event_partition(month::timestamptz)
    FROM unnest(ARRAY['2026-02-01', '2026-03-01']) AS month`)
  app = await buildTestServer(database)
  authorization = (await authorize(database, cast.acme, ['events:read'])).authorization
})
beforeEach(async () => {
  await database.admin.query('TRUNCATE analytics_events')
  await database.admin.query(`UPDATE organizations SET time_zone = 'UTC'`)
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const ask = async (query: Record<string, string | string[]> = {}, path = 'events') => {
  const answer = await app.inject({
    url: `/v1/organizations/${cast.acme.id}/${path}`,
    query,
    headers: { authorization },
  })
  return { status: answer.statusCode, ...answer.json() }
}
const ids = ({ data }: { data: { id: string }[] }) => data.map(event => event.id)

function event(created_at: string, more: Partial<EventRow> = {}): EventRow {
  return {
    id: uuidv7({ msecs: Date.parse(created_at) }),
    organization_id: cast.acme.id,
    event_type: 'message.created',
    created_at,
    ...more,
  }
}

async function write(...events: EventRow[]): Promise<EventRow[]> {
  await writeEvents(database.admin, events)
  return events
}

test('an event is shown as it was sent, to the microsecond, with every property', async () => {
  const properties = { tokens: 12, nested: { list: [1, 'two', null] }, 'a "b"\n': true, text: '=1' }
  const [sent] = await write(
    event('2026-03-01T10:00:00.123456Z', {
      agent_id: cast.acme.agent.id,
      end_user_id: 'visitor-1',
      properties,
    }),
  )
  const page = await ask()
  expect(page).toMatchObject({ status: 200, next_cursor: null, archived_before: null, archive_hint: null })
  expect(page.data).toEqual([
    {
      id: sent?.id,
      event_type: 'message.created',
      created_at: '2026-03-01T10:00:00.123456Z',
      received_at: expect.stringMatching(/Z$/),
      clock_skewed: false,
      user_id: null,
      end_user_id: 'visitor-1',
      agent_id: cast.acme.agent.id,
      conversation_id: null,
      resource_type: null,
      resource_id: null,
      properties,
    },
  ])
})

test('events of another organization are never among them', async () => {
  await write(event('2026-03-01T10:00:00Z', { organization_id: cast.globex.id, event_type: 'secret.thing' }))
  expect((await ask()).data).toEqual([])
  expect((await ask({ type: 'secret.thing' })).data).toEqual([])
  expect((await ask({}, 'events/types')).data).toEqual([])
})

describe('pages', () => {
  test('go from the newest on, each event once, also those of one instant', async () => {
    const times = Array.from({ length: 30 }, (_, n) => `2026-0${2 + (n % 2)}-10T10:00:00.00000${n % 3}Z`)
    const events = await write(...times.map(time => event(time)))
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await ask({ limit: '7', ...(cursor === '' ? {} : { cursor }) })
      seen.push(...ids(page))
      cursor = page.next_cursor
    }
    const newestFirst = [...events].sort((one, other) =>
      one.created_at + one.id < other.created_at + other.id ? 1 : -1,
    )
    expect(seen).toEqual(newestFirst.map(({ id }) => id))
  })

  test('are not moved by what arrives meanwhile', async () => {
    const [old, middle, late] = await write(
      event('2026-03-01T10:00:00Z'),
      event('2026-03-02T10:00:00Z'),
      event('2026-03-03T10:00:00Z'),
    )
    const first = await ask({ limit: '2' })
    await write(event('2026-03-04T10:00:00Z'), event('2026-03-02T11:00:00Z'))
    const second = await ask({ limit: '2', cursor: first.next_cursor })
    expect([ids(first), ids(second)]).toEqual([[late?.id, middle?.id], [old?.id]])
  })
})

describe('what is asked for', () => {
  const userId = 'ac000000-0000-4000-8000-0000000000a1'
  const conversationId = 'c0000000-0000-4000-8000-000000000001'

  test.each<[string, Record<string, string | string[]>, Partial<EventRow> & Record<string, unknown>]>([
    ['a type', { type: 'agent.error' }, { event_type: 'agent.error' }],
    [
      'an agent',
      { agent_id: 'AC000000-0000-4000-8000-0000000000B1' },
      { agent_id: 'ac000000-0000-4000-8000-0000000000b1' },
    ],
    ['a member', { user_id: userId }, { user_id: userId }],
    ['an end user', { end_user_id: 'visitor-1' }, { end_user_id: 'visitor-1' }],
    ['a property', { property: 'url:https://a.test' }, { properties: { url: 'https://a.test' } }],
    ['a number', { property: 'tokens:12' }, { properties: { tokens: 12 } }],
    ['a truth', { property: 'ok:true' }, { properties: { ok: true } }],
    ['two properties', { property: ['a:1', 'b:2'] }, { properties: { a: 1, b: '2' } }],
    ['nothing', {}, {}],
  ])('is %s, and others stay away', async (_what, query, more) => {
    const [wanted, ...others] = await write(
      event('2026-03-01T10:00:00Z', more),
      event('2026-03-01T11:00:00Z', { event_type: 'other', properties: { a: 1, b: 3 } }),
    )
    const expected = Object.keys(query).length === 0 ? [others[0]?.id, wanted?.id] : [wanted?.id]
    expect(ids(await ask(query))).toEqual(expected)
  })

  test('is a conversation', async () => {
    const [wanted] = await write(event('2026-03-01T10:00:00Z'), event('2026-03-01T11:00:00Z'))
    await database.admin.query('UPDATE analytics_events SET conversation_id = $1 WHERE id = $2', [
      conversationId,
      wanted?.id,
    ])
    expect(ids(await ask({ conversation_id: conversationId }))).toEqual([wanted?.id])
  })

  test('is a time: days of the organization, to the end of the last, or instants', async () => {
    await database.admin.query(`UPDATE organizations SET time_zone = 'America/New_York' WHERE id = $1`, [
      cast.acme.id,
    ])
    // The clocks go forward on 8 March: the day has 23 hours.
    const [before, first, last, after] = await write(
      event('2026-03-08T04:59:59.999999Z'),
      event('2026-03-08T05:00:00Z'),
      event('2026-03-09T03:59:59.999999Z'),
      event('2026-03-09T04:00:00Z'),
    )
    expect(ids(await ask({ from: '2026-03-08', to: '2026-03-08' }))).toEqual([last?.id, first?.id])
    const instants = { from: '2026-03-08T04:59:59.999999Z', to: '2026-03-08T01:00:00-04:00' }
    expect(ids(await ask(instants))).toEqual([before?.id])
    expect(ids(await ask({ from: '2026-03-09' }))).toEqual([after?.id])
  })

  test.each([
    [{ from: 'yesterday' }, 'analytics.time_invalid'],
    [{ to: '2026-03-01T10:00:00' }, 'analytics.time_invalid'],
    [{ from: '2026-02-30' }, 'analytics.date_invalid'],
    [{ property: 'channel' }, 'analytics.property_filter_invalid'],
    [{ property: ':chat' }, 'analytics.property_filter_invalid'],
    [{ agent_id: 'helper' }, 'request.invalid'],
    [{ limit: '201' }, 'request.invalid'],
    [{ cursor: 'nonsense' }, 'request.cursor_invalid'],
    [{ colour: 'red' }, 'request.invalid'],
  ])('as %j is refused', async (query, code) => {
    expect(await ask(query as Record<string, string>)).toMatchObject({ status: 400, code })
  })
})

test('what lies in the archive is said to be there, and how to read it back, where the question reaches so far', async () => {
  await write(event('2026-03-02T10:00:00Z'))
  await database.admin.query(
    `INSERT INTO analytics_seals (organization_id, sealed_through, sealed_until)
     VALUES ($1, '2026-02-28', '2026-03-01')`,
    [cast.acme.id],
  )
  for (const query of [{}, { from: '2026-02-28' }, { from: '2026-02-28T23:59:59.999999Z' }])
    expect(await ask(query)).toMatchObject({
      archived_before: '2026-03-01T00:00:00.000000Z',
      archive_hint: expect.stringContaining('tenantry archive restore'),
    })
  expect(await ask({ from: '2026-03-01' })).toMatchObject({ archived_before: null, archive_hint: null })
  await database.admin.query('DELETE FROM analytics_seals')
})

test('the types are those of the period, the most frequent first', async () => {
  await write(
    event('2026-03-01T10:00:00Z'),
    event('2026-03-02T10:00:00Z'),
    event('2026-03-03T10:00:00Z'),
    event('2026-03-02T11:00:00Z', { event_type: 'agent.error' }),
    event('2026-02-01T11:00:00Z', { event_type: 'old.type' }),
  )
  expect(await ask({ from: '2026-03-01', to: '2026-03-02' }, 'events/types')).toEqual({
    status: 200,
    data: [
      { event_type: 'message.created', events: 2, last_at: '2026-03-02T10:00:00.000000Z' },
      { event_type: 'agent.error', events: 1, last_at: '2026-03-02T11:00:00.000000Z' },
    ],
    examined: 3,
    is_complete: true,
  })
})
