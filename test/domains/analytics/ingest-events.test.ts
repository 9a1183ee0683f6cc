import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import {
  type Ingestion,
  ingestEvents,
  openIngestion,
  rollUpDay,
} from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
let database: TestDatabase
let cast: Cast
let ingestion: Ingestion

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
beforeEach(async () => {
  await database.admin.query('TRUNCATE analytics_events, rollup_dirty')
  ingestion = openIngestion(database.pool)
})
afterAll(() => database?.drop())

const newEvent = (fields: object = {}) => ({
  id: uuidv7({ msecs: NOW.getTime() }),
  event_type: 'message.created',
  ...fields,
})
const newEvents = (count: number, fields: object = {}) =>
  Array.from({ length: count }, () => newEvent(fields))
const ingest = (items: readonly unknown[], organizationId = cast.acme.id, now = NOW) =>
  ingestEvents(ingestion, { organizationId, items, now })

async function count(table: string): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>(`SELECT count(*) FROM ${table}`)
  return rows[0]?.count ?? Number.NaN
}

test('what is sent is what is stored', async () => {
  const conversationId = '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a69'
  const event = newEvent({
    event_type: 'page.viewed',
    created_at: '2026-11-22T13:30:00.123456+01:30',
    user_id: cast.ada.id.toUpperCase(),
    agent_id: cast.acme.agent.id,
    conversation_id: conversationId,
    resource_type: 'page',
    resource_id: conversationId,
    properties: { path: '/a"b', __count: 1.5, nested: [null, { a: '\u0001' }] },
  })
  expect(await ingest([event])).toEqual({ inserted: 1, duplicates: 0, rejected: [] })
  const { rows } = await database.admin.query(
    `SELECT *, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS created_at,
       received_at > now() - interval '1 minute' AS received_at FROM analytics_events`,
  )
  expect(rows).toEqual([
    {
      ...event,
      organization_id: cast.acme.id,
      user_id: cast.ada.id,
      end_user_id: null,
      created_at: '2026-11-22T12:00:00.123456',
      received_at: true,
      clock_skewed: false,
    },
  ])
})

test('the key of an end user comes back byte for byte', async () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 60 })
    .filter(value => !/[\0\p{Surrogate}]/u.test(value))
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async endUserIds => {
      const events = endUserIds.map(end_user_id => newEvent({ end_user_id }))
      expect(await ingest(events)).toMatchObject({ inserted: events.length, rejected: [] })
      const { rows } = await database.admin.query<{ end_user_id: string }>(
        'SELECT end_user_id FROM unnest($1::uuid[]) WITH ORDINALITY AS sent (id, n) JOIN analytics_events USING (id) ORDER BY n',
        [events.map(event => event.id)],
      )
      expect(rows.map(row => row.end_user_id)).toEqual(endUserIds)
    }),
    { numRuns: 30 },
  )
})

test('instants come back to the microsecond, in whichever month they are', async () => {
  const instant = fc.integer({ min: Date.UTC(2023, 0, 1) * 1000, max: NOW.getTime() * 1000 })
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(instant, { minLength: 1, maxLength: 20 }), async instants => {
      const events = instants.map(microseconds => {
        const milliseconds = Math.floor(microseconds / 1000)
        const digits = String(microseconds % 1000).padStart(3, '0')
        return newEvent({ created_at: `${new Date(milliseconds).toISOString().slice(0, -1)}${digits}Z` })
      })
      expect(await ingest(events)).toMatchObject({ inserted: events.length, rejected: [] })
      const { rows } = await database.admin.query<{ microseconds: string }>(
        `SELECT (extract(epoch FROM created_at) * 1000000)::bigint::text AS microseconds
         FROM unnest($1::uuid[]) WITH ORDINALITY AS sent (id, n) JOIN analytics_events USING (id) ORDER BY n`,
        [events.map(event => event.id)],
      )
      expect(rows.map(row => Number(row.microseconds))).toEqual(instants)
    }),
    { numRuns: 20 },
  )
})

describe('an event that is sent again', () => {
  test('changes nothing, whatever else the second one says', async () => {
    const event = newEvent({ properties: { tokens: 5 } })
    await ingest([event])
    await database.admin.query('TRUNCATE rollup_dirty')
    expect(await ingest([{ ...event, properties: { tokens: 7 } }])).toEqual({
      inserted: 0,
      duplicates: 1,
      rejected: [],
    })
    const { rows } = await database.admin.query('SELECT properties FROM analytics_events')
    expect(rows).toEqual([{ properties: { tokens: 5 } }])
    expect(await count('rollup_dirty')).toBe(0)
  })

  test('is told apart from its neighbours in a mixed request', async () => {
    const [first, second, third] = [newEvent(), newEvent(), newEvent()]
    await ingest([second])
    expect(await ingest([first, second, third, first])).toEqual({ inserted: 2, duplicates: 2, rejected: [] })
    expect(await count('analytics_events')).toBe(3)
  })

  test('is the same however its instant and its id are written', async () => {
    const event = newEvent({ created_at: '2026-11-22T12:00:00Z' })
    await ingest([event])
    const again = { ...event, id: event.id.toUpperCase(), created_at: '2026-11-22T14:00:00.0000009+02:00' }
    expect(await ingest([again])).toEqual({ inserted: 0, duplicates: 1, rejected: [] })
  })

  test('in three requests at once counts once, across the last instant of a month', async () => {
    const lastInstant = Date.UTC(2026, 11, 1) - 100
    const now = new Date(lastInstant + 60_000)
    const batch = Array.from({ length: 100 }, (_, n) =>
      newEvent({ id: uuidv7({ msecs: lastInstant + n * 2 }) }),
    )
    const mixed = [...batch.slice(40, 60), newEvent({ created_at: '2026-12-01T00:00:00Z' })]
    // A process each for two of the requests, so that transactions really meet.
    const other = openIngestion(database.pool)
    const answers = await Promise.all([
      ingest(batch, cast.acme.id, now),
      ingest([...batch].reverse(), cast.acme.id, now),
      ingestEvents(other, { organizationId: cast.acme.id, items: [...batch].reverse(), now }),
      ingestEvents(other, { organizationId: cast.acme.id, items: mixed, now }),
    ])
    expect(answers.map(answer => answer.rejected)).toEqual([[], [], [], []])
    expect(answers.map(answer => answer.inserted + answer.duplicates)).toEqual([100, 100, 100, 21])
    expect(answers.reduce((sum, answer) => sum + answer.inserted, 0)).toBe(101)
    const { rows } = await database.admin.query(
      `SELECT tableoid::regclass::text AS partition, count(*) FROM analytics_events GROUP BY 1 ORDER BY 1`,
    )
    expect(rows).toEqual([
      { partition: 'analytics_events_2026_11', count: 50 },
      { partition: 'analytics_events_2026_12', count: 51 },
    ])
  })

  test('three times at once across the end of a month leaves the figures that one post leaves', async () => {
    const lastInstant = Date.UTC(2026, 11, 1) - 100
    const now = new Date(lastInstant + 60_000)
    const batch = Array.from({ length: 200 }, (_, n) =>
      newEvent({
        id: uuidv7({ msecs: lastInstant + n }),
        event_type: n % 5 === 0 ? 'conversation.started' : 'message.created',
        end_user_id: `visitor ${n % 17}`,
        properties: { tokens: n },
      }),
    )
    const others = [openIngestion(database.pool), openIngestion(database.pool)]
    const send = (each: Ingestion, items: readonly unknown[], organizationId = cast.acme.id) =>
      ingestEvents(each, { organizationId, items, now, lateDays: 7 })
    const answers = await Promise.all([
      send(ingestion, batch),
      ...others.map(other => send(other, [...batch].reverse())),
      ...others.map((other, n) =>
        send(
          other,
          batch.filter((_, place) => place % 3 === n),
        ),
      ),
      send(ingestion, batch, cast.globex.id),
    ])
    expect(answers.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(400)
    expect(answers.map(({ inserted, duplicates }) => inserted + duplicates)).toEqual([
      200, 200, 200, 67, 67, 200,
    ])
    const figures = async ({ id }: { id: string }) => {
      for (const date of ['2026-11-30', '2026-12-01'])
        await inTenant(database.pool, id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
      const { rows } = await database.admin.query(
        `SELECT date, total_messages, total_conversations, total_tokens, unique_users,
           (SELECT array_agg(encode(user_key, 'hex') ORDER BY user_key) FROM daily_active_users AS active
             WHERE active.organization_id = $1 AND active.date = daily_metrics.date) AS people,
           (SELECT count(*) FROM conversations WHERE organization_id = $1) AS conversations
         FROM daily_metrics WHERE organization_id = $1 ORDER BY date`,
        [id],
      )
      return rows
    }
    const left = await figures(cast.acme)
    expect(left).toMatchObject([{ total_conversations: 20 }, { total_conversations: 20, conversations: 40 }])
    expect(left).toEqual(await figures(cast.globex))
    await database.admin.query('TRUNCATE conversations, daily_metrics, daily_active_users CASCADE')
  })

  test('is another event for another organization', async () => {
    const event = newEvent()
    await ingest([event])
    expect(await ingest([event], cast.globex.id)).toEqual({ inserted: 1, duplicates: 0, rejected: [] })
  })
})

describe('a marker', () => {
  test('is there for each quarter of an hour that changed, once a request', async () => {
    await ingest([
      newEvent({ created_at: '2026-11-22T10:00:00Z' }),
      newEvent({ created_at: '2026-11-22T10:14:59.999999Z' }),
      newEvent({ created_at: '2026-11-22T10:15:00Z' }),
      newEvent({ created_at: '2024-01-31T23:59:59.999999Z' }),
    ])
    const { rows } = await database.admin.query(
      `SELECT organization_id, to_char(bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS bucket FROM rollup_dirty ORDER BY 2`,
    )
    const organization_id = cast.acme.id
    expect(rows).toEqual([
      { organization_id, bucket: '2024-01-31 23:45' },
      { organization_id, bucket: '2026-11-22 10:00' },
      { organization_id, bucket: '2026-11-22 10:15' },
    ])
  })

  test('is written again by a later event of the same quarter', async () => {
    await ingest([newEvent()])
    await ingest([newEvent()])
    expect(await count('rollup_dirty')).toBe(2)
  })
})

describe('a wrong item', () => {
  test('spoils none of the others, and is named by its place', async () => {
    const [good, bad] = [newEvents(3), newEvent({ event_type: '' })]
    const answer = await ingest([good[0], bad, good[1], 'nonsense', { id: 5 }, good[2]])
    expect(answer).toMatchObject({
      inserted: 3,
      duplicates: 0,
      rejected: [
        { index: 1, id: bad.id, code: 'analytics.event_type_invalid' },
        { index: 3, id: null, code: 'analytics.event_invalid' },
        { index: 4, id: null, code: 'analytics.id_invalid' },
      ],
    })
    expect(await count('analytics_events')).toBe(3)
  })

  test('among a thousand, at any places, is alone in not being stored', async () => {
    const items = newEvents(1000).map((event, n) => (n % 7 === 3 ? { ...event, agent_id: 'x' } : event))
    const answer = await ingest(items)
    expect(answer.rejected.map(({ index }) => index)).toEqual(
      items.flatMap((_, index) => (index % 7 === 3 ? [index] : [])),
    )
    expect(answer.inserted).toBe(1000 - answer.rejected.length)
    expect(await count('analytics_events')).toBe(answer.inserted)
  })

  test('that only the database refuses is found among the others', async () => {
    await database.admin.query(
      `ALTER TABLE analytics_events ADD CONSTRAINT no_unlucky CHECK (event_type <> 'unlucky')`,
    )
    try {
      const items = newEvents(100).map((event, n) =>
        n % 30 === 29 ? { ...event, event_type: 'unlucky' } : event,
      )
      const [mixed, neighbour] = await Promise.all([ingest(items), ingest(newEvents(5), cast.globex.id)])
      expect(mixed).toMatchObject({
        inserted: 97,
        duplicates: 0,
        rejected: [29, 59, 89].map(index => ({
          index,
          id: items[index]?.id,
          code: 'analytics.event_refused',
        })),
      })
      expect(neighbour).toEqual({ inserted: 5, duplicates: 0, rejected: [] })
      expect(await count('analytics_events')).toBe(102)
    } finally {
      await database.admin.query('ALTER TABLE analytics_events DROP CONSTRAINT no_unlucky')
    }
  })
})

describe('an agent or member', () => {
  const unknownId = '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a69'

  test('that does not exist is refused with what to do', async () => {
    const answer = await ingest([
      newEvent({ agent_id: unknownId }),
      newEvent({ user_id: unknownId }),
      newEvent(),
    ])
    expect(answer).toMatchObject({
      inserted: 1,
      rejected: [
        {
          index: 0,
          code: 'analytics.agent_unknown',
          message: expect.stringContaining(`PUT /v1/organizations/`),
        },
        { index: 1, code: 'analytics.user_unknown', message: expect.stringContaining('end_user_id') },
      ],
    })
  })

  test('of another organization is as unknown as any, also after that one used it', async () => {
    const ofGlobex = [newEvent({ agent_id: cast.globex.agent.id }), newEvent({ user_id: cast.bob.id })]
    expect(await ingest(ofGlobex, cast.globex.id)).toMatchObject({ inserted: 2 })
    const answer = await ingest(ofGlobex)
    expect(answer.rejected.map(({ code }) => code)).toEqual([
      'analytics.agent_unknown',
      'analytics.user_unknown',
    ])
    const [invented] = (await ingest([newEvent({ agent_id: unknownId })])).rejected
    expect(answer.rejected[0]?.message.replaceAll(cast.globex.agent.id, unknownId)).toBe(invented?.message)
  })

  test('is not the other', async () => {
    const used = newEvent({ agent_id: cast.acme.agent.id, user_id: cast.ada.id })
    expect(await ingest([used])).toMatchObject({ inserted: 1 })
    const swapped = newEvent({ agent_id: cast.ada.id, user_id: cast.acme.agent.id })
    expect(await ingest([swapped])).toMatchObject({ rejected: [{ code: 'analytics.agent_unknown' }] })
  })

  test('is known as soon as it exists, and unknown a minute after it went', async () => {
    const event = newEvent({ agent_id: unknownId })
    expect(await ingest([event])).toMatchObject({ inserted: 0 })
    await database.admin.query('INSERT INTO agents (id, organization_id, name) VALUES ($1, $2, $3)', [
      unknownId,
      cast.acme.id,
      'New',
    ])
    expect(await ingest([event])).toMatchObject({ inserted: 1 })
    await database.admin.query('DELETE FROM agents WHERE id = $1', [unknownId])
    const later = new Date(NOW.getTime() + 61_000)
    expect(await ingest([newEvent({ agent_id: unknownId })], cast.acme.id, later)).toMatchObject({
      inserted: 0,
    })
  })

  test('that has left is known in its organization, and nowhere else', async () => {
    const erin = '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a70'
    await database.admin.query(
      `INSERT INTO users (id, organization_id, email) VALUES ($1, $2, 'erin@acme.test')`,
      [erin, cast.acme.id],
    )
    await database.admin.query('DELETE FROM users WHERE id = $1', [erin])
    expect(await ingest([newEvent({ user_id: erin })])).toEqual({ inserted: 1, duplicates: 0, rejected: [] })
    expect(await ingest([newEvent({ user_id: erin })], cast.globex.id)).toMatchObject({
      rejected: [{ code: 'analytics.user_unknown' }],
    })
  })

  test('that is inactive has its events recorded', async () => {
    await database.admin.query('UPDATE agents SET is_active = false WHERE id = $1', [cast.globex.agent.id])
    expect(await ingest([newEvent({ agent_id: cast.globex.agent.id })], cast.globex.id)).toMatchObject({
      inserted: 1,
    })
  })
})

describe('a conversation that an event begins', () => {
  const started = (fields: object = {}) => newEvent({ event_type: 'conversation.started', ...fields })
  const conversations = async () => {
    const { rows } = await database.admin.query(
      'SELECT id, organization_id, agent_id, user_id, end_user_id, status, started_at FROM conversations ORDER BY started_at',
    )
    return rows
  }
  beforeEach(() => database.admin.query('TRUNCATE conversations CASCADE'))

  test('is there with the event, once, and says who talks to which agent', async () => {
    const id = '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a71'
    const events = [
      started({ conversation_id: id, agent_id: cast.acme.agent.id, end_user_id: 'visitor' }),
      newEvent({ conversation_id: id }),
    ]
    await ingest(events)
    await ingest(events)
    expect(await conversations()).toEqual([
      {
        id,
        organization_id: cast.acme.id,
        agent_id: cast.acme.agent.id,
        user_id: null,
        end_user_id: 'visitor',
        status: 'active',
        started_at: NOW,
      },
    ])
  })

  test('gets an id where it has none, which the event bears too; another for each organization', async () => {
    const event = started()
    await Promise.all([ingest([event]), ingest([event]), ingest([event], cast.globex.id)])
    const { rows } = await database.admin.query(
      'SELECT conversation_id AS id, organization_id FROM analytics_events ORDER BY 2',
    )
    const found = (await conversations()).map(({ id, organization_id }) => ({ id, organization_id }))
    expect(found).toHaveLength(2)
    expect(found).toEqual(expect.arrayContaining(rows))
  })

  test('outlives an agent and a member who went before it came', async () => {
    const [agent, user] = ['6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a72', '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a73']
    const insert = 'INSERT INTO agents (id, organization_id, name) VALUES ($1, $2, $3)'
    await database.admin.query(insert, [agent, cast.acme.id, 'Brief'])
    await database.admin.query(
      `INSERT INTO users (id, organization_id, email) VALUES ($1, $2, 'brief@acme.test')`,
      [user, cast.acme.id],
    )
    await ingest([newEvent({ agent_id: agent, user_id: user })])
    await database.admin.query('DELETE FROM agents WHERE id = $1', [agent])
    await database.admin.query('DELETE FROM users WHERE id = $1', [user])
    // Both are still believed to be there.
    expect(await ingest([started({ agent_id: agent, user_id: user })])).toMatchObject({ inserted: 1 })
    expect(await conversations()).toMatchObject([{ agent_id: null, user_id: null }])
  })

  test('is as many as the metrics count', async () => {
    await ingest([started(), started({ created_at: '2026-11-20T10:00:00Z' }), newEvent()])
    for (const date of ['2026-11-20', '2026-11-22'])
      await inTenant(database.pool, cast.acme.id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
    const { rows } = await database.admin.query(
      `SELECT (SELECT conversation_count FROM organization_summary WHERE id = $1) AS conversations,
         (SELECT sum(total_conversations) FROM daily_metrics WHERE organization_id = $1) AS counted`,
      [cast.acme.id],
    )
    expect(rows).toEqual([{ conversations: 2, counted: 2 }])
  })
})

describe('a month without a partition', () => {
  test('gets one, once, however many requests meet in it', async () => {
    const answers = await Promise.all(
      [ingestion, openIngestion(database.pool), openIngestion(database.pool)].map(each =>
        ingestEvents(each, {
          organizationId: cast.acme.id,
          items: ['2019-05-31T23:59:59.999999Z', '2019-06-01T00:00:00Z', '2000-01-01T00:00:00Z'].map(
            created_at => newEvent({ created_at }),
          ),
          now: NOW,
        }),
      ),
    )
    expect(answers).toEqual(answers.map(() => ({ inserted: 3, duplicates: 0, rejected: [] })))
    const { rows } = await database.admin.query(
      `SELECT tableoid::regclass::text AS partition, count(*) FROM analytics_events GROUP BY 1 ORDER BY 1`,
    )
    expect(rows).toEqual([
      { partition: 'analytics_events_2000_01', count: 3 },
      { partition: 'analytics_events_2019_05', count: 3 },
      { partition: 'analytics_events_2019_06', count: 3 },
    ])
  })

  test('gets one while others write, and nobody waits for it', async () => {
    const [writer, maker] = [await database.admin.connect(), await database.admin.connect()]
    const write = (id: string) =>
      writer.query(`INSERT INTO analytics_events (id, organization_id, event_type) VALUES ($1, $2, 'a')`, [
        id,
        cast.acme.id,
      ])
    try {
      await writer.query(`BEGIN; SET LOCAL lock_timeout = '5s'`)
      await write(uuidv7())
      // The writer has not committed, then the maker has not: each goes on beside the other.
      await maker.query(`BEGIN; SET LOCAL lock_timeout = '5s'; SELECT ensure_event_partition('2017-03-01Z')`)
      await write(uuidv7())
      await writer.query('COMMIT')
      await maker.query('COMMIT')
    } finally {
      for (const client of [writer, maker]) {
        await client.query('ROLLBACK')
        client.release()
      }
    }
    expect(await count('analytics_events')).toBe(2)
    expect(await ingest([newEvent({ created_at: '2017-03-31T00:00:00Z' })])).toMatchObject({ inserted: 1 })
  })

  test('gets one that no role but its owner may touch', async () => {
    await ingest([newEvent({ created_at: '2018-01-01T00:00:00Z' })])
    const { rows } = await database.admin.query(
      `SELECT relrowsecurity, relforcerowsecurity, relacl IS NULL AS ungranted, relowner::regrole::text AS owner
       FROM pg_class WHERE relname = 'analytics_events_2018_01'`,
    )
    expect(rows).toEqual([
      { relrowsecurity: true, relforcerowsecurity: true, ungranted: true, owner: 'tenantry_owner' },
    ])
  })
})

test('no item at all is fine', async () => {
  expect(await ingest([])).toEqual({ inserted: 0, duplicates: 0, rejected: [] })
})

test('an organization that does not exist is refused as such', async () => {
  await expect(ingest([newEvent()], '6f2b1c9e-0d5a-4c3b-9a77-1e2d3c4b5a69')).rejects.toMatchObject({
    code: 'organizations.not_found',
  })
})

test('any mixture of requests, repeated and shuffled, leaves each event once and accounts for all', async () => {
  const pool = Array.from({ length: 30 }, (_, n) =>
    newEvent({ created_at: `2026-11-2${n % 3}T00:00:00.00000${n % 10}Z` }),
  )
  const request = fc.array(fc.nat({ max: pool.length - 1 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 8 }), async requests => {
      await database.admin.query('TRUNCATE analytics_events')
      const answers = await Promise.all(requests.map(places => ingest(places.map(place => pool[place]))))
      answers.forEach((answer, n) => {
        expect(answer.inserted + answer.duplicates).toBe(requests[n]?.length)
      })
      const distinct = new Set(requests.flat()).size
      expect(answers.reduce((sum, answer) => sum + answer.inserted, 0)).toBe(distinct)
      expect(await count('analytics_events')).toBe(distinct)
    }),
    { numRuns: 40 },
  )
})
