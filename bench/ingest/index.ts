import pg from 'pg'
import { copyEvents } from './copy.ts'
import type { LoadResult } from './load.ts'
import { startProduct } from './product.ts'
import { runLoad } from './run-load.ts'
import { makeScene, type Scene } from './scene.ts'
import { makeSpecifiedTable } from './specified-table.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const ROWS = Number(process.env.BENCH_ROWS ?? 200_000)
const SINGLES = Number(process.env.BENCH_SINGLES ?? 20_000)
const PORT = 25_484
const BATCH = 100

const SPECIFIED = [
  'id',
  'organization_id',
  'event_type',
  'resource_type',
  'resource_id',
  'properties',
  'user_id',
  'created_at',
]
const OURS = [...SPECIFIED, 'agent_id', 'conversation_id']

/** What is measured, in the order of a round; rows a second. */
const RATES = {
  copy: 'COPY, one connection, the same table',
  specified: 'COPY, one connection, the table as specified',
  batches: `POST of ${BATCH} events, 20 connections`,
  singles: 'POST of one event, 16 connections',
  inserts: 'INSERT of one row, 16 connections',
} as const
type Rate = keyof typeof RATES

const GOALS: readonly { over: Rate; under: Rate; least: number }[] = [
  { over: 'batches', under: 'copy', least: 0.4 },
  { over: 'batches', under: 'specified', least: 1 },
  { over: 'singles', under: 'inserts', least: 0.3 },
]

/**
 * Compares what goes in over HTTP with what the same PostgreSQL takes without us. All of it in one run and round by
 * round, so that a machine that is slow for a while is slow for both sides of a ratio. Fails where fewer rows are stored
 * than were sent, or a goal is missed.
 */
export async function run(serverUrl: string): Promise<void> {
  const scene = await makeScene(serverUrl, 'bench_ingest')
  const specifiedUrl = await makeSpecifiedTable(serverUrl, 'bench_ingest_specified', scene.senders)
  const admin = new pg.Client({ connectionString: scene.adminUrl })
  await admin.connect()
  await describeServer(admin)
  const product = await startProduct(scene.url, PORT)
  const rates: Record<Rate, number[]> = { copy: [], specified: [], batches: [], singles: [], inserts: [] }
  try {
    for (let round = 0; round < ROUNDS; round++) await runRound(scene, specifiedUrl, admin, rates)
    await report(rates)
  } finally {
    await product.stop()
    await admin.end()
    await scene.drop()
  }
}

async function runRound(scene: Scene, specifiedUrl: string, admin: pg.Client, rates: Record<Rate, number[]>) {
  const { senders, adminUrl: url } = scene
  await empty(admin)
  note(rates, 'copy', ROWS, await copyEvents(url, OURS, senders, ROWS))
  await empty(admin)
  const batches = {
    kind: 'posts',
    port: PORT,
    senders,
    connections: 20,
    requests: ROWS / BATCH,
    batch: BATCH,
  } as const
  await noteLoad(rates, 'batches', ROWS, await runLoad(batches), admin)
  note(rates, 'specified', ROWS, await copyEvents(specifiedUrl, SPECIFIED, senders, ROWS))
  await empty(admin)
  const singles = {
    kind: 'posts',
    port: PORT,
    senders,
    connections: 16,
    requests: SINGLES,
    batch: 1,
  } as const
  await noteLoad(rates, 'singles', SINGLES, await runLoad(singles), admin)
  await empty(admin)
  const inserts = { kind: 'inserts', url, senders, connections: 16, requests: SINGLES } as const
  await noteLoad(rates, 'inserts', SINGLES, await runLoad(inserts), admin)
}

/** Every measurement starts from the same: no events, no markers, nothing left for the worker. */
async function empty(admin: pg.Client): Promise<void> {
  await admin.query('TRUNCATE analytics_events, rollup_dirty')
  await admin.query('CHECKPOINT')
}

function note(rates: Record<Rate, number[]>, rate: Rate, rows: number, seconds: number, more = ''): void {
  rates[rate].push(rows / seconds)
  console.log(`${RATES[rate].padEnd(46)} ${perSecond(rows / seconds)}${more}`)
}

async function noteLoad(
  rates: Record<Rate, number[]>,
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

async function report(rates: Record<Rate, number[]>): Promise<void> {
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
  if (missed.length > 0) throw new Error(`missed: ${missed.join('; ')}`)
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
