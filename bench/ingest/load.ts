import pg from 'pg'
import { newEvent, type Sender } from './events.ts'
import { type Answer, HttpClient, requestOf } from './http-client.ts'

export type Load =
  | { kind: 'posts'; port: number; senders: Sender[]; connections: number; requests: number; batch: number }
  | { kind: 'inserts'; url: string; senders: Sender[]; connections: number; requests: number }

export interface LoadResult {
  seconds: number
  /** What the answers say was inserted. */
  inserted: number
  failures: string[]
  p50: number
  p99: number
}

/** Prepares everything, waits for the word, then sends as fast as answers come. Runs in a process of its own. */
export async function prepareLoad(load: Load): Promise<() => Promise<LoadResult>> {
  return load.kind === 'posts' ? preparePosts(load) : prepareInserts(load)
}

async function preparePosts(load: Load & { kind: 'posts' }): Promise<() => Promise<LoadResult>> {
  const requests = Array.from({ length: load.requests }, (_, n) => {
    const sender = load.senders[n % load.senders.length] as Sender
    const events = Array.from({ length: load.batch }, () => newEvent(sender))
    return requestOf(`/v1/organizations/${sender.id}/events`, sender.key, JSON.stringify({ events }))
  })
  const clients = await Promise.all(
    Array.from({ length: load.connections }, () => HttpClient.open(load.port)),
  )
  return () =>
    measure(
      clients,
      requests,
      async (client, request) => countInserted(await client.send(request)),
      client => client.close(),
    )
}

function countInserted({ status, body }: Answer): number {
  if (status !== 200) throw new Error(`${status} ${body.slice(0, 200)}`)
  const answer = JSON.parse(body)
  if (answer.duplicates !== 0 || answer.rejected.length !== 0) throw new Error(body.slice(0, 200))
  return answer.inserted
}

async function prepareInserts(load: Load & { kind: 'inserts' }): Promise<() => Promise<LoadResult>> {
  const rows = Array.from({ length: load.requests }, (_, n) => {
    const sender = load.senders[n % load.senders.length] as Sender
    const event = newEvent(sender)
    return { organization_id: sender.id, ...event, properties: JSON.stringify(event.properties) }
  })
  const columns = Object.keys(rows[0] ?? {})
  const statement = {
    name: 'one row',
    text: `INSERT INTO analytics_events (${columns}) VALUES (${columns.map((_, n) => `$${n + 1}`)})`,
  }
  const clients = await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const client = new pg.Client({ connectionString: load.url })
      await client.connect()
      return client
    }),
  )
  const insert = async (client: pg.Client, row: object) => {
    const { rowCount } = await client.query({ ...statement, values: Object.values(row) })
    return rowCount ?? 0
  }
  return () => measure(clients, rows, insert, client => client.end())
}

async function measure<C, R>(
  clients: readonly C[],
  requests: readonly R[],
  send: (client: C, request: R) => Promise<number>,
  close: (client: C) => unknown,
): Promise<LoadResult> {
  const latencies: number[] = []
  const failures: string[] = []
  let [next, inserted] = [0, 0]
  const start = performance.now()
  await Promise.all(
    clients.map(async client => {
      while (next < requests.length && failures.length < 20) {
        const sent = performance.now()
        try {
          const more = await send(client, requests[next++] as R)
          inserted += more
        } catch (error) {
          failures.push(String(error))
        }
        latencies.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  await Promise.all(clients.map(close))
  latencies.sort((one, other) => one - other)
  const percentile = (part: number) => latencies[Math.floor(latencies.length * part)] ?? Number.NaN
  return { seconds, inserted, failures, p50: percentile(0.5), p99: percentile(0.99) }
}
