import { inTenant } from '../../src/database/transaction.ts'
import { readOverview } from '../../src/domains/analytics/index.ts'
import { addDays } from '../../src/domains/analytics/period.ts'
import { type Dashboard, makeDatabase } from './make-database.ts'
import { readRaw } from './read-raw.ts'

const [FEW = 500_000, MANY = 5_000_000] = (process.env.BENCH_EVENTS ?? '500000,5000000')
  .split(',')
  .map(Number)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const OURS_PER_ROUND = 20

/** What is the least that the raw dashboard may take of ours, and the most that ours may grow with the events. */
const LEAST_GAIN = 100
const MOST_GROWTH = 1.3

/**
 * Compares the 30-day dashboard of the largest organization, all that the overview asks for, with the same questions
 * asked of the events; and ours with itself in a table of a tenth of the events. Round by round, so that a machine that
 * is slow for a while is slow for every side of a ratio. Fails where the answers differ, or a goal is missed.
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
    const raw: number[] = []
    const ours: number[] = []
    const growth: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      raw.push(await milliseconds(1, () => askRaw(many, now)))
      ours.push(await milliseconds(OURS_PER_ROUND, () => askOurs(many, now)))
      const small = await milliseconds(OURS_PER_ROUND, () => askOurs(few, now))
      growth.push((ours.at(-1) as number) / small)
    }
    const gains = raw.map((time, round) => time / (ours[round] as number))
    console.log(`unprivileged login, row-level security on; medians of ${ROUNDS} rounds`)
    console.log(`raw ${median(raw).toFixed(1)} ms, ours ${median(ours).toFixed(2)} ms`)
    const missed = [
      judge(`raw ÷ ours at ${count(MANY)} events`, gains, ratio => ratio >= LEAST_GAIN, `≥ ${LEAST_GAIN}`),
      judge(
        `ours at ${count(MANY)} ÷ at ${count(FEW)}`,
        growth,
        ratio => ratio <= MOST_GROWTH,
        `≤ ${MOST_GROWTH}`,
      ),
    ].flat()
    if (missed.length > 0) throw new Error(`missed: ${missed.join('; ')}`)
  } finally {
    await few.drop()
    await many.drop()
  }
}

const askOurs = ({ pool, organizationId }: Dashboard, now: Date) =>
  inTenant(pool, organizationId, tx => readOverview(tx, { now }))

function askRaw({ pool, organizationId }: Dashboard, now: Date) {
  const today = now.toISOString().slice(0, 10)
  const period = { from: addDays(today, -29), to: addDays(today, 1), before: addDays(today, -59) }
  return inTenant(pool, organizationId, tx => readRaw(tx, period))
}

/** Both say the same, or no time of theirs means anything. Doing it warms up both. */
async function compare(database: Dashboard, now: Date): Promise<void> {
  const [ours, raw] = [await askOurs(database, now), await askRaw(database, now)]
  const differing = [
    'messages',
    'conversations',
    'tokens',
    'active_users',
    'ratings',
    'errors',
    'active_agents',
  ].filter(figure => Reflect.get(ours.totals, figure) !== raw.totals?.[figure])
  if (differing.length > 0) throw new Error(`the answers differ in ${differing.join(', ')}: the run is void`)
  if (ours.busiest_agents[0]?.messages !== raw.busiest) throw new Error('the busiest agents differ')
}

async function milliseconds(times: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  for (let n = 0; n < times; n++) await work()
  return (performance.now() - start) / times
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
