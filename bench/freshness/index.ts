import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { newEvent, type Sender } from '../ingest/events.ts'
import { HttpClient, requestOf } from '../ingest/http-client.ts'
import { startProduct } from '../ingest/product.ts'
import { makeScene } from '../ingest/scene.ts'

const RATE = Number(process.env.BENCH_RATE ?? 5_000)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60)
const PORT = 25_485
const BATCH = 100
const LOOK_EVERY_MS = 20
const MOST_MS = 2_000

/** So many events of an organization were acknowledged by then, in all. */
type Acknowledged = { readonly events: number; readonly at: number }

/**
 * How long after its acknowledgement an event is in the metrics, while events come in at a steady rate. Each organization
 * sends on one connection, one post after the other, so that its n-th acknowledged event is visible when its metrics count
 * n. Fails where they do not count all that was sent in the end, where the rate was not reached, or where 95 of a hundred
 * events took longer than the limit.
 */
export async function run(serverUrl: string): Promise<void> {
  const scene = await makeScene(serverUrl, 'bench_freshness')
  const admin = new pg.Client({ connectionString: scene.adminUrl })
  await admin.connect()
  const product = await startProduct(scene.url, PORT)
  try {
    console.log(
      'unprivileged login, row-level security, rate limits, durable commits, one process with one worker',
    )
    console.log(
      `posts of ${BATCH} events, ${scene.senders.length} organizations, ${RATE} events/s for ${SECONDS} s\n`,
    )
    const waiting = new Map(scene.senders.map(({ id }) => [id, [] as Acknowledged[]]))
    const delays: number[] = []
    const sending = new AbortController()
    const watching = watch(admin, waiting, delays, sending.signal)
    const began = performance.now()
    await Promise.all(
      scene.senders.map((sender, n) => send(sender, waiting.get(sender.id) ?? [], n / scene.senders.length)),
    )
    const seconds = (performance.now() - began) / 1000
    sending.abort()
    await watching
    await report(admin, delays, seconds)
  } finally {
    await product.stop()
    await admin.end()
    await scene.drop()
  }

  async function send(sender: Sender, acknowledged: Acknowledged[], phase: number): Promise<void> {
    const client = await HttpClient.open(PORT)
    const everyMs = (BATCH * scene.senders.length * 1000) / RATE
    const posts = Math.round((SECONDS * 1000) / everyMs)
    const began = performance.now() + phase * everyMs
    for (let post = 0; post < posts; post++) {
      await pause(Math.max(0, began + post * everyMs - performance.now()))
      const events = Array.from({ length: BATCH }, () => ({
        ...newEvent(sender),
        event_type: 'message.created',
      }))
      const request = requestOf(
        `/v1/organizations/${sender.id}/events`,
        sender.key,
        JSON.stringify({ events }),
      )
      const { status, body } = await client.send(request)
      if (status !== 200 || JSON.parse(body).inserted !== BATCH)
        throw new Error(`${status} ${body.slice(0, 200)}`)
      acknowledged.push({ events: (post + 1) * BATCH, at: performance.now() })
    }
    client.close()
  }
}

/** Looks at the metrics until all that was acknowledged is in them; notes for each post how long it took. */
async function watch(
  admin: pg.Client,
  waiting: ReadonlyMap<string, Acknowledged[]>,
  delays: number[],
  sent: AbortSignal,
): Promise<void> {
  const rest = () => [...waiting.values()].some(list => list.length > 0)
  const giveUp = () => performance.now()
  let last = giveUp()
  while (!sent.aborted || rest()) {
    const { rows } = await admin.query<{ id: string; messages: string }>(
      'SELECT organization_id AS id, sum(total_messages) AS messages FROM daily_metrics GROUP BY 1',
    )
    const now = performance.now()
    for (const { id, messages } of rows) {
      const list = waiting.get(id) ?? []
      while (list[0] !== undefined && list[0].events <= Number(messages)) {
        delays.push(Math.max(0, now - (list.shift() as Acknowledged).at))
        last = now
      }
    }
    if (sent.aborted && now - last > 60_000)
      throw new Error('what was acknowledged is not in the metrics after a minute')
    await pause(LOOK_EVERY_MS)
  }
}

async function report(admin: pg.Client, delays: number[], seconds: number): Promise<void> {
  const sent = delays.length * BATCH
  const { rows } = await admin.query('SELECT count(*) AS stored FROM analytics_events')
  const stored = Number(rows[0]?.stored)
  delays.sort((one, other) => one - other)
  const percentile = (part: number) => delays[Math.floor(delays.length * part)] ?? Number.NaN
  const rate = sent / seconds
  console.log(`${Math.round(rate).toLocaleString('en')} events/s, stored ÷ sent ${stored / sent}`)
  console.log(
    `acknowledged → in the metrics: p50 ${percentile(0.5).toFixed(0)} ms, p95 ${percentile(0.95).toFixed(0)} ms, p99 ${percentile(0.99).toFixed(0)} ms, most ${(delays.at(-1) ?? 0).toFixed(0)} ms`,
  )
  console.log(`p95 ÷ ${MOST_MS} ms: ${(percentile(0.95) / MOST_MS).toFixed(2)} (limit 1)`)
  if (stored !== sent) throw new Error(`sent ${sent}, stored ${stored}: the run is void`)
  if (rate < RATE * 0.95) throw new Error(`only ${Math.round(rate)} events/s were taken`)
  if (percentile(0.95) > MOST_MS) throw new Error('missed')
}
