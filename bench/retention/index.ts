import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createPool } from '../../src/database/pool.ts'
import { archiveEvents } from '../../src/maintenance/archive/archive-events.ts'
import { openArchiveFolder } from '../../src/platform/archive-store.ts'
import { makeScene, type Scene } from '../ingest/scene.ts'
import { makeSpecifiedTable, type SpecifiedTable } from '../ingest/specified-table.ts'
import { forgetFiles, readFiles } from './forget-files.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const EXPIRED = Number(process.env.BENCH_ROWS ?? 1_500_000)
/** What stays, in the proportion of the measurement that the goal comes from: 1.5 of 5 million expired. */
const STAYING = Math.round((EXPIRED * 7) / 3)
const GOAL = 30
const RETENTION = { days: 90, plans: {} }
const DAY_MS = 24 * 60 * 60 * 1_000

type Round = {
  literal: number
  /** All of it, and up to the COMMIT that lets go of the table and then takes the files away. */
  drop: number
  locked: number
  count: number
  archive: number
  bytes: number
}

/**
 * How long it takes to be rid of expired events: the specified DELETE with the VACUUM that makes its space usable again, in
 * the specified table, against the drop of their partition in ours once their archive is verified. The archive itself, which
 * the other side does not have, is told beside it. Neither side has to read from disk what it is rid of. Fails where the two do not leave the same events, or the goal is missed.
 */
export async function run(serverUrl: string): Promise<void> {
  const scene = await makeScene(serverUrl, 'bench_retention')
  const specified = await makeSpecifiedTable(serverUrl, 'bench_retention_specified', scene.senders)
  const rounds: Round[] = []
  try {
    console.log(
      `${EXPIRED.toLocaleString('en')} events expire, ${STAYING.toLocaleString('en')} stay; ${ROUNDS} rounds`,
    )
    console.log('ours: the unprivileged login, row-level security on\n')
    for (let round = 0; round < ROUNDS; round++) {
      const literal = await measureLiteral(specified)
      const ours = await measureOurs(scene)
      rounds.push({ literal, ...ours })
      console.log(
        `DELETE + VACUUM ${seconds(literal)}; drop ${seconds(ours.drop)}, up to its COMMIT ${ours.locked.toFixed(1)} ms; before it archive ${seconds(ours.archive)}, of which the count ${seconds(ours.count)}`,
      )
    }
  } finally {
    await scene.drop()
    await specified.drop()
  }
  report(rounds)
}

async function measureLiteral({ url }: SpecifiedTable): Promise<number> {
  return withClient(url, async client => {
    await client.query('TRUNCATE analytics_events')
    for (const { count, first, days } of spans())
      await client.query(
        `INSERT INTO analytics_events (id, organization_id, event_type, resource_type, properties, user_id, created_at)
         SELECT gen_random_uuid(), organization_id, 'message.created', 'message', ${PROPERTIES}, id, ${INSTANT}
         FROM ${ROWS} JOIN (SELECT id, organization_id, row_number() OVER () AS nth FROM users) AS member
           ON member.nth = 1 + n % (SELECT count(*) FROM users)`,
        [count, first, days],
      )
    await client.query('VACUUM ANALYZE analytics_events')
    if (await forgetFiles(client)) await readFiles(client)
    else console.log('(the files of the server are not here: they are as they were written)')
    await client.query('CHECKPOINT')
    const start = performance.now()
    const { rowCount } = await client.query(
      "DELETE FROM analytics_events WHERE created_at < NOW() - INTERVAL '90 days'",
    )
    await client.query('VACUUM analytics_events')
    const took = performance.now() - start
    expectRows('DELETE', rowCount ?? 0)
    return took
  })
}

async function measureOurs(scene: Scene): Promise<Omit<Round, 'literal'>> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-bench-archive-'))
  const pool = createPool({ url: scene.url, max: 3, name: 'tenantry bench' })
  const store = openArchiveFolder(folder)
  try {
    await fillOurs(scene)
    // Somebody holds the table and none of its partitions for as long as the archive is written, verified, frozen and
    // counted, so that the drop is a run of its own.
    const start = performance.now()
    await withClient(scene.adminUrl, async reader => {
      await reader.query('BEGIN; LOCK TABLE ONLY analytics_events IN ACCESS SHARE MODE')
      await archiveEvents(pool, { store, retention: RETENTION, now: new Date(), attempts: 1 }).catch(
        error => {
          if (error.code !== 'archive.month_in_use') throw error
        },
      )
      await reader.query('COMMIT')
    })
    const archive = performance.now() - start
    return await withClient(scene.adminUrl, async client => {
      const { rows } = await client.query<{ month: string; events: number; bytes: number }>(
        "SELECT month::text, events::int, bytes::int FROM event_archives WHERE state = 'verified' AND frozen_events = events",
      )
      const [verified] = rows
      if (rows.length !== 1 || verified === undefined)
        throw new Error(
          `${rows.length} archives, not one, are verified with their partition frozen and counted`,
        )
      const kept = await client.query<{ count: number }>('SELECT count(*) FROM analytics_events')
      if (Number(kept.rows[0]?.count) !== EXPIRED + STAYING) throw new Error('events went before the drop')
      await client.query('CHECKPOINT')
      const counting = performance.now()
      await client.query(COUNT, [verified.month])
      const count = performance.now() - counting
      const began = performance.now()
      await client.query('BEGIN; SET LOCAL ROLE tenantry_jobs')
      const dropped = await client.query<{ events: string }>('SELECT drop_archived_events($1) AS events', [
        verified.month,
      ])
      const locked = performance.now() - began
      await client.query('COMMIT')
      const drop = performance.now() - began
      expectRows('the drop', Number(dropped.rows[0]?.events))
      const stayed = await client.query<{ count: string }>('SELECT count(*) FROM analytics_events')
      if (Number(stayed.rows[0]?.count) !== STAYING)
        throw new Error('events that had not expired are gone: the run is void')
      await client.query('DELETE FROM event_archives; DELETE FROM analytics_seals')
      return { drop, locked, count, archive, bytes: verified.bytes / verified.events }
    })
  } finally {
    await pool.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Written past the door, with figures that are up to date: what is measured begins with days that are rolled up. */
async function fillOurs({ adminUrl }: Scene): Promise<void> {
  await withClient(adminUrl, async client => {
    await client.query('TRUNCATE analytics_events')
    for (const { count, first, days } of spans()) {
      await client.query(
        'SELECT ensure_event_partition($1::timestamptz + make_interval(days => n)) FROM generate_series(0, $2, 7) AS n',
        [first, days + 7],
      )
      await client.query(
        `INSERT INTO analytics_events (id, organization_id, event_type, resource_type, properties, user_id, created_at)
         SELECT gen_random_uuid(), organization_id, 'message.created', 'message', ${PROPERTIES}, id, ${INSTANT}
         FROM ${ROWS} JOIN (SELECT id, organization_id, row_number() OVER () AS nth FROM users) AS member
           ON member.nth = 1 + n % (SELECT count(*) FROM users)`,
        [count, first, days],
      )
    }
    await client.query('VACUUM ANALYZE analytics_events')
    // The archive reads them again.
    await forgetFiles(client)
  })
}

/** A whole month (UTC) that has expired, and days of this month and the ones before it that have not. */
function spans(): { count: number; first: Date; days: number }[] {
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 5, 1))
  return [
    { count: EXPIRED, first: month, days: 28 },
    { count: STAYING, first: new Date(now.getTime() - 60 * DAY_MS), days: 59 },
  ]
}

const ROWS = 'generate_series(0, $1::integer - 1) AS n'
const INSTANT = `$2::timestamptz + n * (make_interval(days => $3::integer) / $1::integer)`
const PROPERTIES = `jsonb_build_object('tokens', n % 1000, 'response_time_ms', n % 3000, 'channel', 'chat')`

/** What verification counts when the partition is frozen, behind no lock that anybody waits for. */
const COUNT = `SELECT organization_id, count(*) FROM analytics_events
  WHERE created_at >= $1::date::timestamptz AND created_at < $1::date::timestamptz + interval '1 month' GROUP BY organization_id`

function report(rounds: readonly Round[]): void {
  const middle = (of: (round: Round) => number) =>
    rounds.map(of).sort((one, other) => one - other)[rounds.length >> 1] ?? Number.NaN
  const archive = middle(round => round.archive)
  console.log(`\nmedian of ${rounds.length} rounds`)
  console.log(
    `the archive, written and read back: ${Math.round((EXPIRED * 1_000) / archive).toLocaleString('en')} rows/s, ${middle(round => round.bytes).toFixed(1)} bytes/event`,
  )
  const ratio = middle(round => round.literal / round.drop)
  const counted = middle(round => round.literal / (round.drop + round.count))
  console.log(
    `with the count of verification added to the drop, which is not what the goal names: ${counted.toFixed(1)}`,
  )
  const line = `DELETE + VACUUM of the table as specified ÷ drop of what is archived: ${ratio.toFixed(1)} (goal ${GOAL}; rounds ${rounds.map(round => (round.literal / round.drop).toFixed(1)).join(', ')})`
  console.log(line)
  if (ratio < GOAL) throw new Error(`missed: ${line}`)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function expectRows(what: string, rows: number): void {
  if (rows !== EXPIRED) throw new Error(`${what} took ${rows} events and not ${EXPIRED}: the run is void`)
}

const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(2)} s`
