import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { MIGRATIONS_DIRECTORY, readMigrationFiles } from '../../../src/database/migrate/files.ts'
import { inTenant } from '../../../src/database/transaction.ts'
import { addDays, datesOf, type Period } from '../../../src/domains/analytics/period.ts'
import { rankAgents } from '../../../src/domains/analytics/rank-agents.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let db: TestDatabase
let cast: Cast

/** Over the end of a long month, of a leap year's February and of a short month. */
const DAYS = datesOf({ from: '2024-01-29', to: '2024-05-02' })
const SECOND = 'ac000000-0000-4000-8000-0000000000b2'
const THIRD = 'ac000000-0000-4000-8000-0000000000b3'

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.admin.query('TRUNCATE agent_metrics, agent_months')
  await db.admin.query(
    `INSERT INTO agents (id, organization_id, name) SELECT id, $1, id::text FROM unnest($2::uuid[]) AS id
     ON CONFLICT DO NOTHING`,
    [cast.acme.id, [SECOND, THIRD]],
  )
  await write(
    cast.acme.id,
    cast.acme.agent.id,
    day => day % 3 !== 0,
    day => day % 7,
  )
  await write(
    cast.acme.id,
    SECOND,
    day => day % 40 > 25,
    day => day % 11,
  )
  // It fails and says nothing.
  await write(
    cast.acme.id,
    THIRD,
    day => day % 13 === 0,
    () => 0,
  )
  await write(
    cast.globex.id,
    cast.globex.agent.id,
    () => true,
    () => 1000,
  )
})

/** Figures on some of the days, all by one statement. */
async function write(
  organizationId: string,
  agentId: string,
  isActive: (day: number) => boolean,
  messages: (day: number) => number,
): Promise<void> {
  const days = DAYS.map((date, day) => ({ date, day })).filter(({ day }) => isActive(day))
  await db.admin.query(
    `INSERT INTO agent_metrics (organization_id, agent_id, date, message_count)
     SELECT $1, $2, * FROM unnest($3::date[], $4::integer[])`,
    [organizationId, agentId, days.map(({ date }) => date), days.map(({ day }) => messages(day))],
  )
}

/** Those of acme by adding up its days. */
async function rankByDays({ period, previous }: { period: Period; previous: Period }) {
  const { rows } = await db.admin.query<{ agent_id: string; date: string; message_count: number }>(
    'SELECT agent_id, date::text, message_count FROM agent_metrics WHERE organization_id = $1',
    [cast.acme.id],
  )
  const within = ({ from, to }: Period) => rows.filter(({ date }) => date >= from && date <= to)
  const messages = new Map<string, number>()
  for (const { agent_id, message_count } of within(period))
    messages.set(agent_id, (messages.get(agent_id) ?? 0) + message_count)
  return {
    active: messages.size,
    activeBefore: new Set(within(previous).map(({ agent_id }) => agent_id)).size,
    busiest: [...messages].sort(([a, n], [b, m]) => m - n || (a < b ? 1 : -1)).map(([id]) => id),
  }
}

/** Whatever months they begin, cross and end in. */
async function expectEveryPeriodToFollowItsDays(): Promise<void> {
  const edges = DAYS.filter(date => ['01', '02', '15', '28', '29', '30', '31'].includes(date.slice(-2)))
  await inTenant(db.pool, cast.acme.id, async tx => {
    for (const from of edges)
      for (const to of edges.filter(date => date >= from)) {
        const question = {
          period: { from, to },
          previous: { from: addDays(from, -33), to: addDays(from, -1) },
        }
        expect({ ...question, ...(await rankAgents(tx, { ...question, most: 10 })) }).toEqual({
          ...question,
          ...(await rankByDays(question)),
        })
      }
  })
}

test('over every period agents rank as their days add up, whatever months it crosses', async () => {
  await expectEveryPeriodToFollowItsDays()
})

test('a day that is written again, or that goes, changes every period that it is in', async () => {
  await db.admin.query(
    'UPDATE agent_metrics SET message_count = 3 * message_count + 1 WHERE extract(day FROM date) > 20',
  )
  await db.admin.query('UPDATE agent_metrics SET error_count = 1')
  await db.admin.query(
    "DELETE FROM agent_metrics WHERE extract(day FROM date) IN (1, 7, 31) OR date >= '2024-04-29'",
  )
  await expectEveryPeriodToFollowItsDays()
  await write(
    cast.acme.id,
    THIRD,
    day => DAYS[day] === '2024-03-31',
    () => 5,
  )
  await expectEveryPeriodToFollowItsDays()
})

test('what agents did before there were months of them is in these', async () => {
  await db.admin.query('TRUNCATE agent_months')
  const files = await readMigrationFiles(MIGRATIONS_DIRECTORY)
  const fill = files.find(({ name }) => name === '0028_agent_months.sql')?.statements.at(-1)
  await db.admin.query(fill?.text ?? '')
  await expectEveryPeriodToFollowItsDays()
})

test('an agent that is deleted is in no period, and nothing is kept of it', async () => {
  await db.admin.query('DELETE FROM agents WHERE id = $1', [SECOND])
  await expectEveryPeriodToFollowItsDays()
  const { rows } = await db.admin.query('SELECT DISTINCT agent_id FROM agent_months ORDER BY agent_id')
  expect(rows.map(({ agent_id }) => agent_id)).toEqual([cast.globex.agent.id, cast.acme.agent.id, THIRD])
})

test('no more are named than are asked for, and none of another organization', async () => {
  const period = { from: '2024-02-01', to: '2024-02-29' }
  const rank = (id: string) =>
    inTenant(db.pool, id, tx => rankAgents(tx, { period, previous: period, most: 1 }))
  expect(await rank(cast.acme.id)).toEqual({ active: 3, activeBefore: 3, busiest: [cast.acme.agent.id] })
  expect(await rank(cast.globex.id)).toEqual({ active: 1, activeBefore: 1, busiest: [cast.globex.agent.id] })
})
