import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import {
  changeTimeZone,
  countActiveUsers,
  listChangedTimeZones,
  listDirtyDays,
  rollUpDay,
} from '../../../src/domains/analytics/index.ts'
import { readTotals } from '../../../src/domains/analytics/read-totals.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { localDate, recompute } from './recompute.ts'
import { storedFigures } from './stored-figures.ts'
import { deleteEvents, type EventRow, ingest, writeEvents } from './write-events.ts'

let db: TestDatabase
let cast: Cast

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())

/** Few of everything, close to midnight and to the end of a month, so that they meet. */
function anyEvent() {
  const organization = fc.constantFrom(cast.acme, cast.globex)
  return fc
    .record({
      number: fc.integer({ min: 1, max: 40 }),
      organization,
      event_type: fc.constantFrom(
        'message.created',
        'message.created',
        'conversation.started',
        'workflow.executed',
        'agent.error',
        'conversation.rated',
        'door.opened',
      ),
      created_at: fc.constantFrom(
        '2024-01-30T23:59:59.999999Z',
        '2024-01-31T00:00:00.000000Z',
        '2024-01-31T11:07:00.000000Z',
        '2024-01-31T23:59:59.999000Z',
        '2024-02-01T00:00:00.000000Z',
        '2024-02-01T04:59:59.999999Z',
        '2024-02-01T18:29:00.000000Z',
      ),
      agent: fc.constantFrom('own', 'foreign', 'unknown', 'none'),
      person: fc.constantFrom('member', 'end user', 'another end user', 'both', 'nobody'),
      properties: fc.record(
        {
          tokens: fc.integer({ min: 0, max: 1_000_000_000 }),
          response_time_ms: fc.integer({ min: 0, max: 86_400_000 }),
          score: fc.integer({ min: 1, max: 5 }),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ number, organization, agent, person, ...rest }): EventRow => {
      const foreign = organization === cast.acme ? cast.globex : cast.acme
      const agents = { own: organization.agent.id, foreign: foreign.agent.id, unknown: UNKNOWN, none: null }
      return {
        ...rest,
        // The number stands for the id: one number with another content is a sender's mistake, and another event.
        id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
        organization_id: organization.id,
        agent_id: agents[agent as keyof typeof agents],
        user_id: person === 'member' || person === 'both' ? organization.user.id : null,
        end_user_id:
          person === 'end user' || person === 'both' ? 'x' : person === 'another end user' ? 'y' : null,
      }
    })
}

const UNKNOWN = 'dead0000-0000-4000-8000-000000000001'

type Step =
  | { ingest: EventRow[] }
  | { write: EventRow[] }
  | { forget: number[] }
  | { pass: number }
  | { move: string }

function anySteps() {
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ ingest: fc.array(anyEvent(), { minLength: 1, maxLength: 8 }) }) },
      { weight: 1, arbitrary: fc.record({ write: fc.array(anyEvent(), { minLength: 1, maxLength: 8 }) }) },
      {
        weight: 1,
        arbitrary: fc.record({ forget: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }) }),
      },
      { weight: 3, arbitrary: fc.record({ pass: fc.integer({ min: 1, max: 3 }) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          move: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham', 'Etc/GMT+12'),
        }),
      },
    ),
    { minLength: 1, maxLength: 14 },
  )
}

/** One look of one worker: every dirty day, rolled up. */
async function pass(): Promise<number> {
  const { days, moved } = await inRole(db.pool, 'tenantry_jobs', async tx => ({
    days: await listDirtyDays(tx, { most: 50 }),
    moved: await listChangedTimeZones(tx),
  }))
  for (const { organizationId } of moved)
    await inTenant(db.pool, organizationId, changeTimeZone, 'tenantry_jobs')
  for (const { organizationId, date } of days)
    await inTenant(db.pool, organizationId, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
  return days.length + moved.length
}

async function take(step: Step): Promise<void> {
  if ('ingest' in step) await ingest(db.pool, step.ingest)
  else if ('move' in step) await db.admin.query('UPDATE organizations SET time_zone = $1', [step.move])
  else if ('write' in step) await writeEvents(db.admin, step.write)
  else if ('forget' in step)
    await deleteEvents(
      db.admin,
      step.forget.map(number => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`),
    )
  else await Promise.all(Array.from({ length: step.pass }, pass))
}

async function storedEvents(): Promise<EventRow[]> {
  const { rows } = await db.admin.query(
    `SELECT id, organization_id, event_type, agent_id, user_id, end_user_id, properties,
       created_at::text FROM analytics_events`,
  )
  const zones = await db.admin.query('SELECT id, time_zone FROM organizations')
  const zoneOf = new Map(zones.rows.map(({ id, time_zone }) => [id, time_zone]))
  return rows.map(row => ({
    ...row,
    created_at: localDate(new Date(row.created_at), zoneOf.get(row.organization_id)),
  }))
}

async function expectFiguresToEqualEvents(): Promise<void> {
  while ((await pass()) > 0);
  // An agent has figures in its own organization alone.
  const events = await storedEvents()
  const home = new Map([cast.acme, cast.globex].map(({ id, agent }) => [agent.id, id]))
  const agents = [...home.keys()]
  const yardstick = recompute(events, agents)
  const own = recompute(
    events.filter(event => home.get(event.agent_id ?? '') === event.organization_id),
    agents,
  )
  expect(await storedFigures(db.admin)).toEqual({ ...yardstick, agentDays: own.agentDays })
  await expectPeopleOfEveryRange()
  await expectMonthsOfAgentsToBeTheirDays()
}

/** Distinct people of every range of the days that there may be, counted from the set itself. */
async function expectPeopleOfEveryRange(): Promise<void> {
  const { rows } = await db.admin.query(`
    WITH day AS (SELECT generate_series('2024-01-29'::date, '2024-02-02', interval '1 day')::date AS date)
    SELECT first.date::text AS from, last.date::text AS to, count(DISTINCT user_key)::integer AS people
    FROM day AS first JOIN day AS last ON first.date <= last.date
      LEFT JOIN daily_active_users AS active
        ON organization_id = '${cast.acme.id}' AND active.date BETWEEN first.date AND last.date
    GROUP BY 1, 2`)
  await inTenant(db.pool, cast.acme.id, async tx => {
    for (const { people, ...range } of rows) {
      expect(await countActiveUsers(tx, range)).toBe(people)
      const [totals] = await readTotals(tx, [range])
      expect(totals?.active_users ?? 0).toBe(people)
    }
  })
}

/** What each month of an agent adds with each of its days is what the agent did on that day. */
async function expectMonthsOfAgentsToBeTheirDays(): Promise<void> {
  const added = await db.admin.query(`
    SELECT agent_id, (month + n - 1)::text AS date, messages[n] - coalesce(messages[n - 1], 0) AS messages
    FROM agent_months CROSS JOIN generate_series(1, 31) AS n
    WHERE active_days[n] - coalesce(active_days[n - 1], 0) = 1 ORDER BY 1, 2`)
  const days = await db.admin.query(
    'SELECT agent_id, date::text, message_count::bigint AS messages FROM agent_metrics ORDER BY 1, 2',
  )
  expect(added.rows).toEqual(days.rows)
}

async function empty(): Promise<void> {
  await db.admin.query(
    `TRUNCATE analytics_events, rollup_dirty, daily_metrics, agent_metrics, agent_months, daily_active_users, daily_active_agents,
       active_user_returns, rollup_zones`,
  )
}

test('whatever order events come, come again and go in, the figures equal a plain recomputation', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps(), async steps => {
      await empty()
      for (const step of steps) await take(step)
      await expectFiguresToEqualEvents()
    }),
    { numRuns: 40, endOnFailure: true },
  )
})

test('with four writers and three workers at the same time, the figures equal a plain recomputation', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anySteps(), { minLength: 4, maxLength: 4 }), async writers => {
      await empty()
      let writing = true
      const workers = Array.from({ length: 3 }, async () => {
        while (writing) await pass()
      })
      await Promise.all(
        writers.map(async steps => {
          for (const step of steps) await take(step)
        }),
      )
      writing = false
      await Promise.all(workers)
      await expectFiguresToEqualEvents()
    }),
    { numRuns: 15, endOnFailure: true },
  )
})
