import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { authorize, buildTestServer } from '../../../support/server.ts'

let database: TestDatabase
let cast: Cast
let app: App
let authorization: string

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database, { context: { pool: hurried(database.pool) } })
  authorization = (await authorize(database, cast.acme, ['events:read', 'metrics:read'])).authorization
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

/** The same pool, but the limit of ten seconds is a twentieth of one. */
function hurried(pool: pg.Pool): pg.Pool {
  const connect = async () => {
    const client = await pool.connect()
    const query = (text: unknown, ...rest: unknown[]) =>
      Reflect.apply(client.query, client, [
        typeof text === 'string'
          ? text.replace("statement_timeout = '10s'", "statement_timeout = '50ms'")
          : text,
        ...rest,
      ])
    return Object.assign(Object.create(client), { query })
  }
  return Object.assign(Object.create(pool), { connect, query: pool.query.bind(pool) })
}

test.each(['events', 'events?type=rare', 'events/types', 'events.csv', 'agents/:agent/busiest-hours'])(
  '%s that takes longer than the limit is stopped, and the answer says what to do',
  async path => {
    const holder = await database.admin.connect()
    await holder.query('BEGIN; LOCK TABLE analytics_events IN ACCESS EXCLUSIVE MODE')
    const url = `/v1/organizations/${cast.acme.id}/${path.replace(':agent', cast.acme.agent.id)}`
    const answer = await app.inject({ url, headers: { authorization } }).finally(async () => {
      await holder.query('ROLLBACK')
      holder.release()
    })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      503,
      expect.stringContaining('application/problem+json'),
    ])
    expect(answer.json()).toMatchObject({
      code: 'analytics.query_too_slow',
      detail: expect.stringContaining('shorter period'),
      details: { limit_seconds: 10 },
    })
    expect((await app.inject({ url, headers: { authorization } })).statusCode).toBe(200)
  },
)
