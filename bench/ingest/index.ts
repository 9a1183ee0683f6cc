import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { copyEvents } from './copy.ts'
import { newEvent, type Sender } from './events.ts'
import type { LoadResult } from './load.ts'
import { onServer } from './on-server.ts'
import { startProduct } from './product.ts'
import { runLoad } from './run-load.ts'
import { makeScene, type Scene } from './scene.ts'
import { makeSpecifiedTable } from './specified-table.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const ROWS = Number(process.env.BENCH_ROWS ?? 200_000)
const SINGLES = Number(process.env.BENCH_SINGLES ?? 20_000)
const PORT = 25_484
const BATCH = 100

/** The id is left to the specified default, which is random; clients of ours send one that is ordered by time. */
const SPECIFIED = [
  'organization_id',
  'event_type',
  'resource_type',
  'resource_id',
  'properties',
  'user_id',
  'created_at',
]
const OURS = ['id', ...SPECIFIED, 'agent_id', 'conversation_id']

/** What is measured, in the order of a round; rows a second. */
const RATES = {
  copy: 'COPY, one connection, the same table',
  specified: 'COPY, one connection, the table as specified',
  batches: `POST of ${BATCH} events, 20 connections`,
  singles: 'POST of one event, 16 connections',
  inserts: 'INSERT of one row, 16 connections',
} as const
type Rate = keyof typeof RATES
type Rates = Record<Rate, number[]>
const newRates = (): Rates => ({ copy: [], specified: [], batches: [], singles: [], inserts: [] })

const GOALS: readonly { over: Rate; under: Rate; least: number }[] = [
  { over: 'batches', under: 'copy', least: 0.5 },
  { over: 'batches', under: 'specified', least: 1.2 },
  { over: 'singles', under: 'inserts', least: 0.35 },
]
/** An event on disk with its indexes ÷ one in the table as specified. */
const MOST_BYTES = 1.2

/**
 * Compares what goes in over HTTP with what the same PostgreSQL takes without us. All of it in one run and round by
 * round, so that a machine that is slow for a while is slow for both sides of a ratio. Fails where fewer rows are stored
 * than were sent, one is stored again, or a goal is missed.
 */
export async function run(serverUrl: string): Promise<void> {
  const scene = await makeScene(serverUrl, 'bench_ingest')
  const specified = await makeSpecifiedTable(serverUrl, 'bench_ingest_specified', scene.senders)
  const admin = new pg.Client({ connectionString: scene.adminUrl })
  await admin.connect()
  await describeServer(admin)
  const product = await startProduct(scene.url, PORT)
  const rates = newRates()
  try {
    console.log('warming up (not counted)')
    await runRound(scene, specified.url, admin, newRates(), { rows: 50_000, singles: 5_000 })
    for (let round = 0; round < ROUNDS; round++)
      await runRound(scene, specified.url, admin, rates, { rows: ROWS, singles: SINGLES })
    const missed = [...report(rates), ...(await weigh(scene, specified.url, admin))]
    await sendTwice(scene, admin)
    if (missed.length > 0) throw new Error(`missed: ${missed.join('; ')}`)
  } finally {
    await product.stop()
    await admin.end()
    await scene.drop()
    await specified.drop()
  }
}

async function runRound(
  scene: Scene,
  specifiedUrl: string,
  admin: pg.Client,
  rates: Rates,
  { rows, singles }: { rows: number; singles: number },
): Promise<void> {
  const { senders, adminUrl: url } = scene
  const posts = { kind: 'posts', port: PORT, senders } as const
  await empty(admin)
  note(rates, 'copy', rows, await copyEvents(url, OURS, senders, rows))
  await empty(admin)
  const batches = await runLoad({ ...posts, connections: 20, requests: rows / BATCH, batch: BATCH })
  await noteLoad(rates, 'batches', rows, batches, admin)
  await empty(admin)
  await onServer(specifiedUrl, 'TRUNCATE analytics_events')
  note(rates, 'specified', rows, await copyEvents(specifiedUrl, SPECIFIED, senders, rows))
  await noteLoad(
    rates,
    'singles',
    singles,
    await runLoad({ ...posts, connections: 16, requests: singles, batch: 1 }),
    admin,
  )
  await empty(admin)
  const inserts = await runLoad({ kind: 'inserts', url, senders, connections: 16, requests: singles })
  await noteLoad(rates, 'inserts', singles, inserts, admin)
}

/** Every measurement starts from the same: no events, and a worker that has nothing left to do. */
async function empty(admin: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await admin.query<{ idle: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM rollup_dirty) AND NOT EXISTS (
         SELECT FROM graphile_worker.jobs WHERE task_identifier = 'analytics.roll-up') AS idle`,
    )
    if (rows[0]?.idle) break
    await pause(100)
  }
  await admin.query(
    'TRUNCATE analytics_events, rollup_dirty, daily_metrics, agent_metrics, daily_active_users, conversations CASCADE',
  )
  await admin.query('CHECKPOINT')
}

function note(rates: Rates, rate: Rate, rows: number, seconds: number, more = ''): void {
  rates[rate].push(rows / seconds)
  console.log(`${RATES[rate].padEnd(46)} ${perSecond(rows / seconds)}${more}`)
}

async function noteLoad(
  rates: Rates,
  rate: Rate,
  sent: number,
  { seconds, inserted, failures, p50, p99 }: LoadResult,
  admin: pg.Client,
): Promise<void> {
  const { rows } = await admin.query<{ stored: string }>('SELECT count(*) AS stored FROM analytics_events')
  const stored = Number(rows[0]?.stored)
  note(
    rates,
    rate,
    stored,
    seconds,
    `  p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, stored ÷ sent ${stored / sent}`,
  )
  if (failures.length > 0) throw new Error(`${failures.length} requests failed: ${failures[0]}`)
  if (stored !== sent || inserted !== sent)
    throw new Error(`sent ${sent}, acknowledged ${inserted}, stored ${stored}: the run is void`)
}

function report(rates: Rates): string[] {
  console.log(`\nmedian of ${ROUNDS} rounds`)
  for (const [rate, name] of Object.entries(RATES))
    console.log(`${name.padEnd(46)} ${perSecond(median(rates[rate as Rate]))}`)
  const missed: string[] = []
  for (const { over, under, least } of GOALS) {
    const ratios = rates[over].map((rate, round) => rate / (rates[under][round] ?? Number.NaN))
    const ratio = median(ratios)
    const line = `${RATES[over]} ÷ ${RATES[under]}: ${ratio.toFixed(2)} (goal ${least}; rounds ${ratios.map(each => each.toFixed(2)).join(', ')})`
    console.log(line)
    if (ratio < least) missed.push(line)
  }
  return missed
}

/** What the same events take on disk in both tables, filled by COPY in one go. */
async function weigh(scene: Scene, specifiedUrl: string, admin: pg.Client): Promise<string[]> {
  await empty(admin)
  await onServer(specifiedUrl, 'TRUNCATE analytics_events')
  await copyEvents(scene.adminUrl, OURS, scene.senders, ROWS)
  await copyEvents(specifiedUrl, SPECIFIED, scene.senders, ROWS)
  const [ours, theirs] = [await bytesPerEvent(scene.adminUrl), await bytesPerEvent(specifiedUrl)]
  const ratio = ours / theirs
  const line = `bytes an event on disk, with indexes: ours ${Math.round(ours)} ÷ specified ${Math.round(theirs)} = ${ratio.toFixed(2)} (goal at most ${MOST_BYTES})`
  console.log(line)
  return ratio > MOST_BYTES ? [line] : []
}

/** A partition without events has a page or two, which is no weight of an event. */
async function bytesPerEvent(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ bytes: string }>(
      `SELECT sum(pg_total_relation_size(oid)) / (SELECT count(*) FROM analytics_events) AS bytes FROM pg_class
       WHERE relkind = 'r' AND relname ~ '^analytics_events' AND pg_relation_size(oid) > 0`,
    )
    return Number(rows[0]?.bytes)
  } finally {
    await client.end()
  }
}

/** The same requests again, and at once from several connections: nothing may be stored that was there. */
async function sendTwice({ senders }: Scene, admin: pg.Client): Promise<void> {
  await empty(admin)
  const [sender] = senders as [Sender]
  const bodies = Array.from({ length: 50 }, () => ({
    events: Array.from({ length: BATCH }, () => newEvent(sender)),
  }))
  const send = (body: object) =>
    fetch(`http://127.0.0.1:${PORT}/v1/organizations/${sender.id}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sender.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then(answer => answer.json() as Promise<{ inserted: number }>)
  const answers = await Promise.all([...bodies, ...bodies].map(send))
  answers.push(...(await Promise.all(bodies.map(send))))
  const inserted = answers.reduce((sum, answer) => sum + answer.inserted, 0)
  const { rows } = await admin.query<{ stored: string }>('SELECT count(*) AS stored FROM analytics_events')
  const again = Number(rows[0]?.stored) - bodies.length * BATCH
  console.log(
    `rows stored again when ${bodies.length} batches are sent twice at once, and once more: ${again}`,
  )
  if (again !== 0 || inserted !== bodies.length * BATCH)
    throw new Error(`${again} rows were stored again, ${inserted} acknowledged as new`)
}

async function describeServer(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages`,
  )
  console.log(
    `PostgreSQL ${rows[0].version}, fsync ${rows[0].fsync}, synchronous_commit ${rows[0].commit}, full_page_writes ${rows[0].pages}`,
  )
  console.log('unprivileged login, row-level security, rate limits and the worker on\n')
}

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN
const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en').padStart(8)} rows/s`
