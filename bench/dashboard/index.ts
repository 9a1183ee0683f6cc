import { inTenant } from '../../src/database/transaction.ts'
import { readOverview } from '../../src/domains/analytics/index.ts'
import { addDays, datesOf } from '../../src/domains/analytics/period.ts'
import { readDays } from '../../src/domains/analytics/read-days.ts'
import { type Dashboard, makeDatabase } from './make-database.ts'
import { readRaw, readRawDays } from './read-raw.ts'

const [FEW = 500_000, MANY = 5_000_000] = (process.env.BENCH_EVENTS ?? '500000,5000000')
  .split(',')
  .map(Number)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const OURS_PER_ROUND = 20

/** What is the least that the raw dashboard may take of ours, and the most that ours may grow with the events. */
const LEAST_GAIN = 100
const MOST_GROWTH = 1.3

/**
 * Compares the last 30 days of the largest organization, day by day with every figure, with the same question asked of
 * its events; and ours with itself in a table of a tenth of the events. Then the same for all that the overview asks: both
 * periods, distinct people, percentiles and the busiest of hundreds of agents. Round by round, and ours by turns, so that a
 * machine that is slow for a while is slow for every side of a ratio. Fails where the answers differ, or a goal is missed.
 */
export async function run(serverUrl: string): Promise<void> {
  const few = await makeDatabase(serverUrl, FEW)
  const many = await makeDatabase(serverUrl, MANY)
  const now = new Date()
  try {
    for (const database of [few, many]) {
      console.log(`${count(database.events)} events, ${count(database.own)} of the largest organization`)
      await compare(database, now)
    }
    console.log(`unprivileged login, row-level security on; medians of ${ROUNDS} rounds`)
    const missed: string[] = []
    for (const [name, sides] of [
      ['by day', { raw: askRawDays, ours: askOurDays }],
      ['whole overview', { raw: askRaw, ours: askOurs }],
    ] as const) {
      const { gains, growth } = await race(many, few, sides, now)
      missed.push(
        ...judge(
          `${name}: raw ÷ ours at ${count(MANY)} events`,
          gains,
          ratio => ratio >= LEAST_GAIN,
          `≥ ${LEAST_GAIN}`,
        ),
        ...judge(
          `${name}: ours at ${count(MANY)} ÷ at ${count(FEW)}`,
          growth,
          ratio => ratio <= MOST_GROWTH,
          `≤ ${MOST_GROWTH}`,
        ),
      )
    }
    if (missed.length > 0) throw new Error(`missed: ${missed.join('; ')}`)
  } finally {
    await few.drop()
    await many.drop()
  }
}

type Question = (database: Dashboard, now: Date) => Promise<unknown>

async function race(
  many: Dashboard,
  few: Dashboard,
  { raw, ours }: { raw: Question; ours: Question },
  now: Date,
) {
  const gains: number[] = []
  const growth: number[] = []
  const times: { raw: number[]; ours: number[] } = { raw: [], ours: [] }
  for (let round = 0; round < ROUNDS; round++) {
    const ofRaw = await milliseconds(() => raw(many, now))
    const spent = { many: 0, few: 0 }
    for (let n = 0; n < OURS_PER_ROUND; n++) {
      spent.many += await milliseconds(() => ours(many, now))
      spent.few += await milliseconds(() => ours(few, now))
    }
    const ofOurs = spent.many / OURS_PER_ROUND
    gains.push(ofRaw / ofOurs)
    growth.push(spent.many / spent.few)
    times.raw.push(ofRaw)
    times.ours.push(ofOurs)
  }
  console.log(`raw ${median(times.raw).toFixed(1)} ms, ours ${median(times.ours).toFixed(2)} ms`)
  return { gains, growth }
}

const lastDays = (now: Date, days: number) => {
  const to = now.toISOString().slice(0, 10)
  return { from: addDays(to, 1 - days), to }
}

const askOurDays: Question = ({ pool, organizationId }, now) =>
  inTenant(pool, organizationId, tx => readDays(tx, datesOf(lastDays(now, 30))))

const askRawDays: Question = ({ pool, organizationId }, now) => {
  const { from, to } = lastDays(now, 30)
  return inTenant(pool, organizationId, tx => readRawDays(tx, { from, to: addDays(to, 1) }))
}

const askOurs = ({ pool, organizationId }: Dashboard, now: Date) =>
  inTenant(pool, organizationId, tx => readOverview(tx, { now }))

function askRaw({ pool, organizationId }: Dashboard, now: Date) {
  const today = now.toISOString().slice(0, 10)
  const period = { from: addDays(today, -29), to: addDays(today, 1), before: addDays(today, -59) }
  return inTenant(pool, organizationId, tx => readRaw(tx, period))
}

const COMPARED = [
  'messages',
  'conversations',
  'tokens',
  'active_users',
  'ratings',
  'errors',
  'active_agents',
] as const

/** Both say the same, or no time of theirs means anything. Doing it warms up both. */
async function compare(database: Dashboard, now: Date): Promise<void> {
  const [ours, raw] = [await askOurs(database, now), await askRaw(database, now)]
  for (const period of ['totals', 'previous'] as const) {
    const differing = COMPARED.filter(figure => ours[period]?.[figure] !== raw[period]?.[figure])
    if (differing.length > 0)
      throw new Error(`the answers differ in ${differing.join(', ')} (${period}): the run is void`)
  }
  if (ours.busiest_agents.map(({ id }) => id).join() !== raw.busiest.join())
    throw new Error('the busiest agents differ: the run is void')
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function judge(
  name: string,
  ratios: readonly number[],
  isMet: (ratio: number) => boolean,
  goal: string,
): string[] {
  const line = `${name}: ${median(ratios).toFixed(2)} (goal ${goal}; rounds ${ratios.map(each => each.toFixed(2)).join(', ')})`
  console.log(line)
  return isMet(median(ratios)) ? [] : [line]
}

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN
const count = (number: number) => number.toLocaleString('en')
