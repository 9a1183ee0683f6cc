import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { drain } from '../../src/cli/drain.ts'
import { inTenant } from '../../src/database/transaction.ts'
import { recordActivity } from '../../src/domains/organizations/index.ts'
import type { App, Context } from '../../src/http/context.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildTestServer, portOf } from '../support/server.ts'

let database: TestDatabase
let cast: Cast
let app: App
/** Resolved by a test when the requests that wait for it may go on. */
let gate = Promise.resolve()
let waiting = 0
let port = 0

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
beforeEach(async () => {
  app = await buildTestServer(database, {
    environment: { RATE_LIMIT_PER_ADDRESS: '1000000' },
    routes: [routes],
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = portOf(app)
})
afterAll(() => database?.drop())

function routes(app: App, { pool }: Context): void {
  const open = { config: { open: true } } as const
  app.post(
    '/notes',
    { ...open, schema: { body: Type.Object({ name: Type.String() }) } },
    async ({ body }, reply) => {
      await inTenant(pool, cast.acme.id, tx =>
        recordActivity(tx, {
          organizationId: cast.acme.id,
          actionType: 'note.created',
          resource: { type: 'note', id: cast.acme.id, name: body.name },
        }),
      )
      return reply.code(201).send()
    },
  )
  app.get('/gate', open, async () => {
    waiting += 1
    await gate
    return 'through'
  })
}

test('while it stops under load, every note that was acknowledged is stored', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  const acknowledged = new Set<string>()
  const outcomes = new Map<string, number>()
  let halfway = () => {}
  const underLoad = new Promise<void>(resolve => {
    halfway = resolve
  })
  const post = async (client: number) => {
    for (let number = 0; ; number += 1) {
      const name = `${client}-${number}`
      const outcome = await send(agent, 'POST', '/notes', { name })
      outcomes.set(String(outcome.status), (outcomes.get(String(outcome.status)) ?? 0) + 1)
      if (outcome.status === 201) acknowledged.add(name)
      if (acknowledged.size >= 300) halfway()
      if (outcome.status !== 201) return outcome
    }
  }
  const clients = Array.from({ length: 20 }, (_, client) => post(client))
  await underLoad
  await drain(app, 5_000)
  const last = await Promise.all(clients)
  agent.destroy()

  const { rows } = await database.admin.query(
    "SELECT resource_name AS name FROM activity_logs WHERE action_type = 'note.created'",
  )
  const stored = new Set(rows.map(row => row.name))
  expect([...acknowledged].filter(name => !stored.has(name))).toEqual([])
  expect(acknowledged.size).toBeGreaterThanOrEqual(300)
  // Whoever was refused was told so: 503, or no connection at all.
  for (const { status } of last) expect(REFUSED).toContain(status)
})

test('a request that is under way is answered, its connection then ends, and a later one is refused', async () => {
  const gateway = holdGate()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const underWay = send(agent, 'GET', '/gate')
  await gateway.reached
  const stopped = drain(app, 5_000)
  expect(REFUSED).toContain((await send(new Agent(), 'GET', '/gate')).status)
  gateway.release()
  expect(await underWay).toMatchObject({ status: 200, connection: 'close' })
  await stopped
})

test('a request that arrives on an open connection while it stops is answered 503 as a problem', async () => {
  const { socket, received, peer } = await open()
  socket.write('GET /gate HTTP/1.1\r\n')
  await until(() => peer.bytesRead > 0)
  const stopped = app.close()
  socket.write('host: here\r\n\r\n')
  const answer = await received
  expect(answer).toMatch(/^HTTP\/1\.1 503 /)
  expect(answer).toMatch(/^retry-after: 5\r$/m)
  expect(answer).toMatch(/^connection: close\r$/m)
  expect(answer).toContain('"code":"server.stopping"')
  await stopped
})

test('a connection on which nothing was sent yet does not hold up the stop', async () => {
  const { received } = await open()
  const started = performance.now()
  await drain(app, 5_000)
  expect(await received).toBe('')
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('one request that never ends does not hold up the stop', async () => {
  const gateway = holdGate()
  const stuck = send(new Agent(), 'GET', '/gate')
  await gateway.reached
  const started = performance.now()
  const stopped = drain(app, 200)
  expect(await stuck).toMatchObject({ status: 'ECONNRESET' })
  gateway.release()
  await stopped
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('idle connections end at once', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  await send(agent, 'POST', '/notes', { name: 'idle' })
  const started = performance.now()
  await drain(app, 5_000)
  expect(performance.now() - started).toBeLessThan(1_000)
  agent.destroy()
})

/** Holds the requests to /gate until it is released. */
function holdGate(): { reached: Promise<void>; release: () => void } {
  waiting = 0
  let release = () => {}
  gate = new Promise(resolve => {
    release = resolve
  })
  return { reached: until(() => waiting > 0), release }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setImmediate(resolve))
}

/** A connection of ours, and the server's end of it. */
async function open(): Promise<{ socket: Socket; peer: Socket; received: Promise<string> }> {
  const accepted = new Promise<Socket>(resolve => app.server.once('connection', resolve))
  const socket = connect(port, '127.0.0.1')
  const received = new Promise<string>(resolve => {
    let text = ''
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
  })
  return { socket, peer: await accepted, received }
}

/** How a request ends that the server has not accepted. */
const REFUSED = [503, 'ECONNREFUSED', 'ECONNRESET']

type Outcome = { status: number | string; connection?: string | undefined }

function send(agent: Agent, method: string, path: string, body?: unknown): Promise<Outcome> {
  return new Promise(resolve => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, answer => {
      answer.resume()
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection }),
      )
      answer.on('error', error => resolve({ status: (error as NodeJS.ErrnoException).code ?? error.message }))
    })
    sent.on('error', error => resolve({ status: (error as NodeJS.ErrnoException).code ?? error.message }))
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
