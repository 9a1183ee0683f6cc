import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { listDirtyDays, rollUpDay } from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { deleteEvents, type EventRow, writeEvents } from './write-events.ts'

let db: TestDatabase
let cast: Cast
let next = 0

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.admin.query(
    'TRUNCATE analytics_events, rollup_dirty, daily_metrics, agent_metrics, agent_months, daily_active_users',
  )
})

function event(event_type: string, more: Partial<EventRow> = {}): EventRow {
  next += 1
  const id = `00000000-0000-4000-8000-${String(next).padStart(12, '0')}`
  return { id, organization_id: cast.acme.id, event_type, created_at: '2024-02-10T12:00:00Z', ...more }
}

const rollUp = (date: string, organizationId = cast.acme.id) =>
  inTenant(db.pool, organizationId, tx => rollUpDay(tx, { date }), 'tenantry_jobs')

async function rows(table: string) {
  const result = await db.admin.query(`SELECT *, xmin, ctid FROM ${table} ORDER BY date`)
  return result.rows
}

test('the figures of a day are those of its events', async () => {
  const agent_id = cast.acme.agent.id
  await writeEvents(db.admin, [
    event('message.created', {
      agent_id,
      end_user_id: 'x',
      properties: { tokens: 10, response_time_ms: 100 },
    }),
    event('message.created', {
      agent_id,
      end_user_id: 'x',
      properties: { tokens: 5, response_time_ms: 201 },
    }),
    event('message.created', { user_id: cast.ada.id }),
    event('conversation.started', { agent_id, end_user_id: 'y' }),
    event('workflow.executed'),
    event('agent.error', { agent_id }),
    event('conversation.rated', { agent_id, properties: { score: 5 } }),
    event('conversation.rated', { agent_id, properties: { score: 4 } }),
    event('door.opened', { end_user_id: 'z' }),
  ])
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([
    {
      organization_id: cast.acme.id,
      date: '2024-02-10',
      total_messages: 3,
      total_conversations: 1,
      total_tokens: 15,
      unique_users: 4,
      avg_response_time: 150.5,
      agent_count: 1,
      workflow_executions: 1,
      rating_sum: 9,
      rating_count: 2,
    },
  ])
  expect(await rows('agent_metrics')).toMatchObject([
    {
      agent_id,
      date: '2024-02-10',
      conversation_count: 1,
      message_count: 2,
      total_tokens: 15,
      error_count: 1,
      avg_response_time: 150.5,
      satisfaction_score: 4.5,
    },
  ])
  expect(await rows('daily_active_users')).toHaveLength(4)
})

test('a day is from midnight to midnight in UTC', async () => {
  await writeEvents(
    db.admin,
    [
      '2024-02-09T23:59:59.999999Z',
      '2024-02-10T00:00:00Z',
      '2024-02-10T23:59:59.999999Z',
      '2024-02-11T00:00:00Z',
    ].map(created_at => event('message.created', { created_at })),
  )
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ date: '2024-02-10', total_messages: 2 }])
  const left = await inRole(db.pool, 'tenantry_jobs', tx => listDirtyDays(tx, { most: 9 }))
  expect(left.map(day => day.date)).toEqual(['2024-02-11', '2024-02-09'])
})

test('averages are null where nothing was measured', async () => {
  await writeEvents(db.admin, [event('message.created', { agent_id: cast.acme.agent.id })])
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ avg_response_time: null, total_tokens: 0 }])
  expect(await rows('agent_metrics')).toMatchObject([{ avg_response_time: null, satisfaction_score: null }])
})

test('a member and an end user of the same text are two people', async () => {
  await writeEvents(db.admin, [
    event('a', { user_id: cast.ada.id }),
    event('a', { end_user_id: cast.ada.id }),
  ])
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ unique_users: 2 }])
})

test('end users are told apart byte by byte', async () => {
  const composed = 'é'
  await writeEvents(
    db.admin,
    [composed, composed.normalize('NFD'), 'É', ' é', ' '].map(end_user_id => event('a', { end_user_id })),
  )
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ unique_users: 5 }])
})

test.each([
  ['text', { tokens: '7' }],
  ['null', { tokens: null }],
  ['a list', { tokens: [7] }],
  ['an empty list', { tokens: [] }],
  ['an object', { tokens: { a: 7 } }],
  ['a boolean', { tokens: true }],
  ['a negative number', { tokens: -1 }],
  ['more than the door lets in', { tokens: 1_000_000_001 }],
])('%s in place of a count adds nothing and breaks nothing', async (_what, properties) => {
  await writeEvents(db.admin, [
    event('message.created', { properties }),
    event('message.created', { properties: { tokens: 1 } }),
  ])
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ total_messages: 2, total_tokens: 1 }])
})

test('rolled up again, a day keeps the very same rows', async () => {
  const agent_id = cast.acme.agent.id
  await writeEvents(db.admin, [
    event('message.created', { agent_id, end_user_id: 'x', properties: { tokens: 1.0 } }),
  ])
  await rollUp('2024-02-10')
  const before = await Promise.all(['daily_metrics', 'agent_metrics', 'daily_active_users'].map(rows))
  await rollUp('2024-02-10')
  expect(await Promise.all(['daily_metrics', 'agent_metrics', 'daily_active_users'].map(rows))).toEqual(
    before,
  )
})

test('what is gone from the events is gone from the figures', async () => {
  const gone = [
    event('message.created', { agent_id: cast.acme.agent.id, end_user_id: 'x' }),
    event('message.created', { end_user_id: 'y' }),
  ]
  const kept = event('message.created', { end_user_id: 'z' })
  await writeEvents(db.admin, [...gone, kept])
  await rollUp('2024-02-10')
  await deleteEvents(
    db.admin,
    gone.map(({ id }) => id),
  )
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ total_messages: 1, unique_users: 1, agent_count: 0 }])
  expect(await rows('agent_metrics')).toEqual([])

  await deleteEvents(db.admin, [kept.id])
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toEqual([])
  expect(await rows('daily_active_users')).toEqual([])
})

test('an agent that no longer exists counts in the day but has no figures of its own', async () => {
  const agent_id = 'dead0000-0000-4000-8000-000000000001'
  await writeEvents(db.admin, [event('message.created', { agent_id })])
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ agent_count: 1, total_messages: 1 }])
  expect(await rows('agent_metrics')).toEqual([])
})

test("another organization's agent has no figures here", async () => {
  await writeEvents(db.admin, [event('message.created', { agent_id: cast.globex.agent.id })])
  await rollUp('2024-02-10')
  expect(await rows('agent_metrics')).toEqual([])
})

test("another organization's events, markers and figures stay as they are", async () => {
  await writeEvents(db.admin, [
    event('message.created', { end_user_id: 'x' }),
    event('message.created', { organization_id: cast.globex.id, end_user_id: 'x' }),
  ])
  await rollUp('2024-02-10', cast.globex.id)
  const globex = await rows('daily_metrics')
  expect(globex).toMatchObject([{ organization_id: cast.globex.id, total_messages: 1 }])
  expect(await inRole(db.pool, 'tenantry_jobs', tx => listDirtyDays(tx, { most: 9 }))).toEqual([
    { organizationId: cast.acme.id, date: '2024-02-10' },
  ])
  await rollUp('2024-02-10')
  expect((await rows('daily_metrics')).filter(row => row.organization_id === cast.globex.id)).toEqual(globex)
})

test('a roll-up that does not commit leaves the markers', async () => {
  await writeEvents(db.admin, [event('message.created')])
  const failed = inTenant(
    db.pool,
    cast.acme.id,
    async tx => {
      await rollUpDay(tx, { date: '2024-02-10' })
      throw new Error('crash')
    },
    'tenantry_jobs',
  )
  await expect(failed).rejects.toThrow('crash')
  expect(await rows('daily_metrics')).toEqual([])
  await rollUp('2024-02-10')
  expect(await rows('daily_metrics')).toMatchObject([{ total_messages: 1 }])
})

test('dirty days are listed latest first, so many of each organization', async () => {
  const days = ['2024-01-01', '2024-01-02', '2024-02-28', '2024-02-29']
  await writeEvents(db.admin, [
    ...days.map(day => event('a', { created_at: `${day}T23:59:59.9Z` })),
    ...days.map(day => event('a', { created_at: `${day}T00:00:00Z` })),
    event('a', { created_at: '2024-01-02T12:00:00Z', organization_id: cast.globex.id }),
  ])
  const list = (most: number) => inRole(db.pool, 'tenantry_jobs', tx => listDirtyDays(tx, { most }))
  expect(await list(2)).toEqual([
    { organizationId: cast.acme.id, date: '2024-02-29' },
    { organizationId: cast.acme.id, date: '2024-02-28' },
    { organizationId: cast.globex.id, date: '2024-01-02' },
  ])
  expect(await list(9)).toHaveLength(5)
})

test('no plan of a roll-up is compiled, whatever the server does by default', async () => {
  const jit = await inTenant(
    db.pool,
    cast.acme.id,
    async tx => {
      await tx.client.query('SET LOCAL jit = on')
      await rollUpDay(tx, { date: '2024-02-10' })
      const { rows } = await tx.client.query<{ jit: string }>('SHOW jit')
      return rows[0]?.jit
    },
    'tenantry_jobs',
  )
  expect(jit).toBe('off')
})

test('a tenant rolls nothing up', async () => {
  const asTenant = inTenant(db.pool, cast.acme.id, tx => rollUpDay(tx, { date: '2024-02-10' }))
  await expect(asTenant).rejects.toThrow('permission denied')
})
