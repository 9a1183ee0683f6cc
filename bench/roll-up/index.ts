import { readFileSync } from 'node:fs'
import pg from 'pg'
import { createPool } from '../../src/database/pool.ts'
import { inRole, inTenant } from '../../src/database/transaction.ts'
import { type Event, insertEvents, rollUpDay } from '../../src/domains/analytics/index.ts'
import { numbered, type Sender } from '../ingest/events.ts'
import { makeScene } from '../ingest/scene.ts'

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000)
const SMALL = EVENTS / 100
const POST = 1_000
const POSTS_BEFORE_ROLL_UP = 4
const MOST = 1.5
/** So many events a person sends one after the other; 1 is the worst case: each roll-up meets everybody. */
const VISIT = Number(process.env.BENCH_VISIT ?? 5)

/**
 * What a roll-up costs the database for each event, in a day that grows to a million events and in days of ten thousand:
 * the same where the cost follows what is new, a hundred times as much where it follows what is there. The same number of
 * events goes in both ways, by the statement of the door, with a roll-up after every few posts, as a worker does it. Fails
 * where the metrics are not what was sent, or the ratio is missed.
 */
export async function run(serverUrl: string): Promise<void> {
  const scene = await makeScene(serverUrl, 'bench_roll_up')
  const admin = new pg.Client({ connectionString: scene.adminUrl })
  await admin.connect()
  const writers = createPool({ url: scene.url, max: 1, name: 'tenantry bench' })
  const roller = createPool({ url: scene.url, max: 1, name: 'tenantry bench' })
  const [large, many] = scene.senders as [Sender, Sender]
  try {
    await admin.query(`SELECT ensure_event_partition('2024-03-01'), ensure_event_partition('2024-04-01'),
      ensure_event_partition('2024-05-01')`)
    console.log(
      `row-level security, durable commits; posts of ${POST} events, a roll-up after every ${POSTS_BEFORE_ROLL_UP}; visits of ${VISIT} events\n`,
    )
    await measure('warming up (not counted)', many, -1, 1, SMALL)
    const small = await measure(`100 days of ${SMALL.toLocaleString('en')} events`, many, 0, 100, SMALL)
    const full = await measure(`one day of ${EVENTS.toLocaleString('en')} events`, large, 0, 1, EVENTS)
    const ratio = full / small
    console.log(
      `\nroll-up CPU per event, the large day ÷ the small days: ${ratio.toFixed(2)} (limit ${MOST})`,
    )
    if (ratio > MOST) throw new Error(`missed: ${ratio.toFixed(2)} is more than ${MOST}`)
  } finally {
    await Promise.all([writers.end(), roller.end(), admin.end()])
    await scene.drop()
  }

  /** Fills the days one after the other; gives microseconds of the database's CPU for each event. */
  async function measure(
    what: string,
    sender: Sender,
    first: number,
    days: number,
    ofDay: number,
  ): Promise<number> {
    const pid = await backendOf(roller)
    let spent = 0
    for (let day = first; day < first + days; day++) {
      const midnight = Date.UTC(2024, 1, 10 + day)
      const date = new Date(midnight).toISOString().slice(0, 10)
      for (let done = 0, posts = 1; done < ofDay; done += POST, posts++) {
        const events = Array.from({ length: Math.min(POST, ofDay - done) }, (_, n) =>
          eventOf(sender, midnight, done + n, ofDay),
        )
        await inRole(writers, 'tenantry_ingest', tx => insertEvents(tx, events))
        if (posts % POSTS_BEFORE_ROLL_UP !== 0 && done + POST < ofDay) continue
        const before = cpuOf(pid)
        await inTenant(roller, sender.id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
        spent += cpuOf(pid) - before
      }
      const { rows } = await admin.query(
        'SELECT total_messages, unique_users FROM daily_metrics WHERE organization_id = $1 AND date = $2',
        [sender.id, date],
      )
      if (rows[0]?.total_messages !== ofDay || rows[0]?.unique_users !== peopleOf(ofDay))
        throw new Error(
          `${date}: ${JSON.stringify(rows[0])} is stored, ${ofDay} events were sent: the run is void`,
        )
    }
    const each = (spent * 1_000_000) / (days * ofDay)
    console.log(`${what.padEnd(40)} ${each.toFixed(1)} µs of CPU an event, stored ÷ sent 1`)
    return each
  }
}

const peopleOf = (events: number) => Math.ceil(events / 20)

function eventOf({ id, agents }: Sender, midnight: number, n: number, ofDay: number): Event {
  made += 1
  return {
    organizationId: id,
    id: numbered(7, made),
    eventType: 'message.created',
    createdAt: (midnight + Math.floor((n / ofDay) * 86_400_000)) * 1_000,
    isClockSkewed: false,
    userId: null,
    // Twenty events each, in visits through the whole day.
    endUserId: `visitor ${(Math.floor(n / VISIT) * 7_919) % peopleOf(ofDay)}`,
    agentId: agents[n % agents.length] as string,
    conversationId: null,
    resourceType: null,
    resourceId: null,
    properties: JSON.stringify({ tokens: n % 900, response_time_ms: 200 + (n % 3_000) }),
  }
}
let made = 0

async function backendOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid as number
}

/** Seconds of processor time that a process of this machine has had, where /proc tells. */
function cpuOf(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = fields.split(' ').slice(11, 13)
  return (Number(user) + Number(system)) / 100
}
