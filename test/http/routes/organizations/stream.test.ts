import { get, type IncomingMessage } from 'node:http'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { drain } from '../../../../src/cli/drain.ts'
import { inTenant } from '../../../../src/database/transaction.ts'
import { rollUpDay } from '../../../../src/domains/analytics/index.ts'
import { markAllRead, notify } from '../../../../src/domains/notifications/index.ts'
import type { App } from '../../../../src/http/context.ts'
import eventRoutes from '../../../../src/http/routes/analytics/events.ts'
import deviceRoutes from '../../../../src/http/routes/identity/devices.ts'
import streamRoutes from '../../../../src/http/routes/organizations/stream.ts'
import { type Cast, type CastOrganization, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer, portOf } from '../../../support/server.ts'
import { givePassword, openSession } from '../../../support/session.ts'

let database: TestDatabase
let cast: Cast
let app: App
let ada: Awaited<ReturnType<typeof openSession>>
const opened = new Set<Listening>()

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  for (const user of [cast.ada, cast.bob]) await givePassword(database.admin, user)
})
beforeEach(async () => {
  await database.admin.query(
    'DELETE FROM notifications; DELETE FROM daily_metrics; DELETE FROM agent_metrics',
  )
  ada = await openSession(database, cast.acme)
  app = await serve({ lookMs: 5, beatMs: 20 })
})
afterEach(async () => {
  vi.useRealTimers()
  for (const { answer } of opened) answer.destroy()
  opened.clear()
  await app.close()
})
afterAll(() => database?.drop())

test('tells which days have changed, to the organization that they are of and to no other', async () => {
  const [yesterday, before] = [dayBefore(1), dayBefore(2)]
  const bob = await openSession(database, cast.globex)
  const [ours, theirs] = [await listen(), await listen(bob.headers, cast.globex)]
  await record(cast.acme, yesterday)
  expect(await ours.next('metrics')).toEqual({ dates: [yesterday] })
  await record(cast.globex, before)
  expect(await theirs.next('metrics')).toEqual({ dates: [before] })
  await record(cast.acme, yesterday)
  expect(await ours.next('metrics')).toEqual({ dates: [yesterday] })
  expect(theirs.text).not.toContain(yesterday)
})

test('tells of an error, which changes the figures of an agent alone', async () => {
  const today = dayBefore(0)
  await record(cast.acme, today)
  const stream = await listen()
  await stream.next('metrics')
  await record(cast.acme, today, { event_type: 'agent.error', agent_id: cast.acme.agent.id })
  expect(await stream.next('metrics')).toEqual({ dates: [today] })
})

test('tells each member how many notifications they have not read, at first and whenever it changes', async () => {
  const stream = await listen()
  expect(await stream.next('notifications')).toEqual({ unread: 0 })
  await tell(cast.acme)
  expect(await stream.next('notifications')).toEqual({ unread: 1 })
  const another = await listen()
  expect(await another.next('notifications')).toEqual({ unread: 1 })
  await tell(cast.globex)
  await inTenant(database.pool, cast.acme.id, tx => markAllRead(tx, { userId: cast.ada.id, now: new Date() }))
  for (const each of [stream, another]) expect(await each.next('notifications')).toEqual({ unread: 0 })
})

test('keeps the connection alive with comments, and holds nothing back on the way', async () => {
  const { answer, until } = await listen()
  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
    'ratelimit-limit': expect.any(String),
  })
  await until(text => text.includes(':\n\n:\n\n'))
})

test('lasts longer than any other answer may take', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const stream = await listen()
  await stream.next('notifications')
  vi.advanceTimersByTime(10 * 60_000)
  await tell(cast.acme)
  expect(await stream.next('notifications')).toEqual({ unread: 1 })
})

test('counts once against the limit of requests, however much it tells', async () => {
  const stream = await listen()
  await tell(cast.acme)
  await stream.until(text => text.includes('"unread":1') && text.includes(':\n\n'))
  const left = Number(stream.answer.headers['ratelimit-remaining'])
  const next = await listen()
  expect(Number(next.answer.headers['ratelimit-remaining'])).toBe(left - 1)
})

test.each([
  ['the session is ended on another device', () => endElsewhere()],
  [
    'the session has lasted too long',
    () => database.admin.query(`UPDATE sessions SET created_at = '2020-01-01'`),
  ],
  ['the member is disabled', () => setActive(false)],
])('ends when %s', async (_, end) => {
  const stream = await listen()
  await stream.next('notifications')
  await end()
  await stream.ended
  await setActive(true)
})

test('ends at once when the server stops, which waits for nothing else', async () => {
  const streams = await Promise.all([listen(), listen(), listen()])
  await Promise.all(streams.map(stream => stream.next('notifications')))
  const stopped = drain(app, 600_000)
  await Promise.all(streams.map(stream => stream.ended))
  await stopped
})

test('a session has room for ten, and for another one when one is closed', async () => {
  const streams = await Promise.all(Array.from({ length: 10 }, () => listen()))
  const refused = await ask()
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['retry-after']).toBe('60')
  const again = await openSession(database, cast.acme)
  await listen(again.headers)
  streams[0]?.answer.destroy()
  await expect.poll(async () => (await ask()).statusCode).toBe(200)
})

test('asks the database for nothing while nobody listens', async () => {
  const stream = await listen()
  await stream.next('notifications')
  const asked = vi.spyOn(database.pool, 'connect')
  stream.answer.destroy()
  await expect
    .poll(async () => {
      asked.mockClear()
      for (let n = 0; n < 100; n += 1) await database.admin.query('SELECT') // time passes
      return asked.mock.calls.length
    })
    .toBe(0)
  asked.mockRestore()
  const another = await listen()
  expect(await another.next('notifications')).toEqual({ unread: 0 })
})

test('goes on after the database could not be asked', async () => {
  const stream = await listen()
  await stream.next('notifications')
  const failing = vi.spyOn(database.pool, 'connect').mockRejectedValue(new Error('gone') as never)
  await expect.poll(() => failing.mock.calls.length).toBeGreaterThan(2)
  failing.mockRestore()
  await tell(cast.acme)
  expect(await stream.next('notifications')).toEqual({ unread: 1 })
})

type Listening = {
  answer: IncomingMessage
  readonly text: string
  /** The data of the next event of this name that was not asked for before. */
  next(event: string): Promise<unknown>
  until(condition: (text: string) => boolean): Promise<void>
  ended: Promise<void>
}

async function serve(pace: { lookMs: number; beatMs: number }): Promise<App> {
  const server = await buildTestServer(database, {
    routes: [(app, context) => streamRoutes(app, context, pace), eventRoutes, deviceRoutes],
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  return server
}

function ask(headers = ada.headers, organization: CastOrganization = cast.acme): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const path = `/v1/organizations/${organization.id}/stream`
    get({ host: '127.0.0.1', port: portOf(app), path, headers, agent: false }, resolve).on('error', reject)
  })
}

async function listen(headers = ada.headers, organization = cast.acme): Promise<Listening> {
  const answer = await ask(headers, organization)
  expect(answer.statusCode).toBe(200)
  let text = ''
  let changed = () => {}
  const taken = new Map<string, number>()
  answer.setEncoding('utf8').on('data', chunk => {
    text += chunk
    changed()
  })
  const ended = new Promise<void>(resolve => answer.once('close', resolve))
  const until = async (condition: (text: string) => boolean) => {
    while (!condition(text)) {
      if (answer.closed) throw new Error(`the stream ended after: ${text}`)
      await Promise.race([ended, new Promise<void>(resolve => (changed = resolve))])
    }
  }
  const next = async (event: string) => {
    const number = taken.get(event) ?? 0
    taken.set(event, number + 1)
    const find = () =>
      [...text.matchAll(new RegExp(`^event: ${event}\\ndata: (.*)\\n\\n`, 'gm'))][number]?.[1]
    await until(() => find() !== undefined)
    return JSON.parse(find() ?? '')
  }
  const listening = {
    answer,
    next,
    until,
    ended,
    get text() {
      return text
    },
  }
  answer.on('error', () => {})
  opened.add(listening)
  return listening
}

/** So many days before today, as 2026-03-01. */
const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** An event of the day, counted. */
async function record(organization: CastOrganization, date: string, event: object = {}): Promise<void> {
  const { authorization } = await authorize(database, organization)
  const answer = await app.inject({
    method: 'POST',
    url: `/v1/organizations/${organization.id}/events`,
    headers: { authorization },
    payload: {
      events: [{ id: uuidv7(), created_at: `${date}T00:00:01Z`, event_type: 'message.created', ...event }],
    },
  })
  expect(answer.json()).toMatchObject({ inserted: 1 })
  await inTenant(database.pool, organization.id, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
}

const tell = ({ id, user }: CastOrganization) =>
  inTenant(database.pool, id, tx =>
    notify(tx, {
      userId: user.id,
      type: 'agent.stopped',
      category: 'agents',
      title: 'Stopped',
      message: 'It stopped.',
    }),
  )

async function endElsewhere(): Promise<void> {
  const { headers } = await openSession(database, cast.acme)
  const url = `/v1/organizations/${cast.acme.id}/sessions/${ada.sessionId}`
  expect((await app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204)
}

const setActive = (isActive: boolean) =>
  database.admin.query('UPDATE users SET is_active = $2 WHERE id = $1', [cast.ada.id, isActive])
