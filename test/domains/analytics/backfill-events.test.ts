import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import {
  backfillEvents,
  ingestEvents,
  listDirtyDays,
  openIngestion,
  rollUpDay,
} from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createHostProduct, type HostProduct } from '../../support/host-product.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const ACME = 'ac000000-0000-4000-8000-000000000001'
const NOTHING = {
  inserted: { conversations: 0, messages: 0, workflow_executions: 0 },
  sealed: 0,
  rejected: [],
}

const backfill = (database: TestDatabase, before = NOW) =>
  backfillEvents(database.pool, { organizationId: ACME, before, now: () => NOW })

/** What the two sides of one truth say: the table, and the metrics of all days. */
async function conversationCounts(database: TestDatabase) {
  for (const day of await inRole(database.pool, 'tenantry_jobs', tx => listDirtyDays(tx, { most: 1000 })))
    await inTenant(database.pool, day.organizationId, tx => rollUpDay(tx, day), 'tenantry_jobs')
  const { rows } = await database.admin.query<{ table: number; metrics: number; messages: number }>(
    `SELECT (SELECT conversation_count FROM organization_summary WHERE id = $1) AS table,
       coalesce(sum(total_conversations), 0) AS metrics, coalesce(sum(total_messages), 0) AS messages
     FROM daily_metrics WHERE organization_id = $1`,
    [ACME],
  )
  return rows[0]
}

describe('where the tables are ours', () => {
  let database: TestDatabase
  let cast: Cast
  beforeAll(async () => {
    database = await createTestDatabase()
    cast = await insertCast(database.admin)
  })
  beforeEach(() =>
    database.admin.query(
      'TRUNCATE analytics_events, rollup_dirty, daily_metrics, agent_metrics, agent_months, daily_active_users, conversations, workflows CASCADE',
    ),
  )
  afterAll(() => database.drop())

  const [CONVERSATION, MESSAGE, WORKFLOW] = ['c1', 'd1', 'e1'].map(
    end => `ac000000-0000-4000-8000-0000000000${end}`,
  ) as [string, string, string]

  async function write() {
    await database.admin.query(
      `INSERT INTO conversations (id, organization_id, agent_id, user_id, end_user_id, started_at, created_at)
       VALUES ($1, $2, $3, $4, NULL, '2026-10-01T10:00:00.123456Z', '2026-10-01T10:00:00.123456Z')`,
      [CONVERSATION, ACME, cast.acme.agent.id, cast.ada.id],
    )
    await database.admin.query(
      `INSERT INTO messages (id, organization_id, conversation_id, role, content, tokens, response_time_ms, created_at)
       VALUES ($1, $2, $3, 'user', 'Hello', NULL, NULL, '2026-10-01T10:00:01Z'),
         (gen_random_uuid(), $2, $3, 'assistant', 'Hello', 2000000000, 250, '2026-10-02T00:00:00.000001Z')`,
      [MESSAGE, ACME, CONVERSATION],
    )
    await database.admin.query(
      `INSERT INTO workflows (id, organization_id, name) VALUES ($1, $2, 'Nightly')`,
      [WORKFLOW, ACME],
    )
    await database.admin.query(
      `INSERT INTO workflow_executions (organization_id, workflow_id, status, started_at, finished_at)
       VALUES ($1, $2, 'failed', '2026-10-03T00:00:00Z', '2026-10-03T00:00:02.5Z'), ($1, $2, 'running', '2026-10-03T00:00:00Z', NULL)`,
      [ACME, WORKFLOW],
    )
  }

  test('every row becomes an event with what it says, and again changes nothing', async () => {
    await write()
    expect(await backfill(database)).toEqual({
      ...NOTHING,
      inserted: { conversations: 1, messages: 2, workflow_executions: 1 },
    })
    const { rows } = await database.admin.query(
      `SELECT event_type, to_char(created_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI:SS.US') AS at, agent_id, user_id,
         conversation_id, resource_type, resource_id, properties - 'row_id' AS properties FROM analytics_events ORDER BY created_at`,
    )
    const people = { agent_id: cast.acme.agent.id, user_id: cast.ada.id, conversation_id: CONVERSATION }
    expect(rows).toEqual([
      {
        event_type: 'conversation.started',
        at: '10-01 10:00:00.123456',
        ...people,
        resource_type: null,
        resource_id: null,
        properties: {},
      },
      {
        event_type: 'message.created',
        at: '10-01 10:00:01.000000',
        ...people,
        resource_type: 'message',
        resource_id: MESSAGE,
        properties: { role: 'user' },
      },
      {
        event_type: 'message.created',
        at: '10-02 00:00:00.000001',
        ...people,
        resource_type: 'message',
        resource_id: expect.any(String),
        properties: { role: 'assistant', response_time_ms: 250 },
      },
      {
        event_type: 'workflow.executed',
        at: '10-03 00:00:02.500000',
        agent_id: null,
        user_id: null,
        conversation_id: null,
        resource_type: 'workflow',
        resource_id: WORKFLOW,
        properties: { status: 'failed', duration_ms: 2500 },
      },
    ])
    expect(await backfill(database)).toEqual(NOTHING)
    // Were the events gone, the same would come again.
    const ids = 'SELECT array_agg(id ORDER BY id) AS ids FROM analytics_events'
    const first = (await database.admin.query(ids)).rows
    await database.admin.query('TRUNCATE analytics_events')
    await backfill(database)
    expect((await database.admin.query(ids)).rows).toEqual(first)
  })

  test('what events have told of is not told again, and both sides count the same', async () => {
    await write()
    const event = (event_type: string, fields: object = {}) => ({
      id: uuidv7({ msecs: NOW.getTime() }),
      event_type,
      ...fields,
    })
    const items = [
      event('conversation.started', { created_at: '2026-11-01T00:00:00Z' }),
      event('conversation.started', { conversation_id: uuidv7() }),
      // The product tells of the row itself, a moment later than the row says.
      event('conversation.started', { conversation_id: CONVERSATION, created_at: '2026-10-01T10:00:00.2Z' }),
      event('message.created', { resource_type: 'message', resource_id: MESSAGE }),
    ]
    await ingestEvents(openIngestion(database.pool), { organizationId: ACME, items, now: NOW })
    expect(await backfill(database)).toMatchObject({
      inserted: { conversations: 0, messages: 1, workflow_executions: 1 },
    })
    expect(await conversationCounts(database)).toEqual({ table: 3, metrics: 3, messages: 2 })
  })

  test('rows from the time on at which the product began to send events are left to it', async () => {
    await write()
    expect(await backfill(database, new Date('2026-10-02T00:00:00Z'))).toMatchObject({
      inserted: { conversations: 1, messages: 1, workflow_executions: 0 },
    })
  })

  test('more rows than a batch has are all told of, and two at once tell of each once', async () => {
    await write()
    await database.admin.query(
      `INSERT INTO messages (organization_id, conversation_id, role, content, created_at)
       SELECT $1, $2, 'user', 'Hello', '2026-09-01Z'::timestamptz + n * interval '1 minute' FROM generate_series(1, 3500) AS n`,
      [ACME, CONVERSATION],
    )
    const [one, other] = await Promise.all([backfill(database), backfill(database)])
    expect((one?.inserted.messages ?? 0) + (other?.inserted.messages ?? 0)).toBe(3502)
    expect(await conversationCounts(database)).toEqual({ table: 1, metrics: 1, messages: 3502 })
  })

  test('the rows of another organization stay its own', async () => {
    await write()
    const answer = await backfillEvents(database.pool, {
      organizationId: cast.globex.id,
      before: NOW,
      now: () => NOW,
    })
    expect(answer).toEqual(NOTHING)
  })
})

describe('an adopted database', () => {
  let host: HostProduct
  afterEach(() => host?.drop())

  test.each([
    ['host-phase-one.sql', { conversations: 1, messages: 1200, workflow_executions: 0 }],
    ['host-phase-one-by-orm.sql', { conversations: 2, messages: 2, workflow_executions: 0 }],
  ] as const)(
    'of %s has figures at once, equal to its tables, which are not written',
    async (file, inserted) => {
      host = await createHostProduct(file)
      await host.migrate()
      const rows = 'SELECT md5(string_agg(t::text, $$,$$ ORDER BY t::text)) FROM conversations AS t'
      const before = (await host.admin.query(rows)).rows
      const later = new Date(Date.now() + 60_000)
      const run = () =>
        backfillEvents(host.pool, { organizationId: ACME, before: later, now: () => new Date() })
      expect(await run()).toEqual({ ...NOTHING, inserted })
      expect(await run()).toEqual(NOTHING)
      expect(await conversationCounts(host)).toEqual({
        table: inserted.conversations,
        metrics: inserted.conversations,
        messages: inserted.messages,
      })
      expect((await host.admin.query(rows)).rows).toEqual(before)
    },
  )
})
