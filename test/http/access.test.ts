import type { InjectOptions } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '../../src/database/transaction.ts'
import { revokeApiKey, SCOPES, type Scope } from '../../src/domains/organizations/index.ts'
import type { App } from '../../src/http/context.ts'
import { type Cast, type CastOrganization, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { listOperations, type Operation } from '../support/operations.ts'
import { authorize, buildTestServer } from '../support/server.ts'

/**
 * Every operation of openapi.json × every caller who must not get in. A new operation needs a row here: whom it lets
 * in, and a request that succeeds, so that no refusal below can be for another reason.
 */
const ROWS: Record<
  string,
  'open' | ((organization: CastOrganization) => Pick<InjectOptions, 'payload'> & Row)
> = {
  getHealth: 'open',
  getReadiness: 'open',
  getOpenapi: 'open',
  createEvents: () => ({
    payload: { events: [{ id: uuidv7(), event_type: 'message.created', end_user_id: 'visitor-1' }] },
  }),
  registerAgent: ({ agent }) => ({
    params: { agentId: agent.id },
    payload: { name: 'Helper', is_active: true },
  }),
  listDailyMetrics: () => ({ query: { from: '2026-03-01', to: '2026-03-31' } }),
  listAgentMetrics: ({ agent }) => ({
    params: { agentId: agent.id },
    query: { from: '2026-03-01', to: '2026-03-31' },
  }),
}

type Row = { params?: Record<string, string>; query?: Record<string, string> }

let database: TestDatabase
let cast: Cast
let app: App

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database)
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

test('every operation has a row, and every row an operation', () => {
  const names = listOperations().map(({ operation }) => operation.operationId)
  expect(Object.keys(ROWS).sort()).toEqual(names.sort())
})

describe.each(listOperations())('$method $path', ({ method, path, operation }) => {
  const row = ROWS[operation.operationId]
  if (row === undefined) return // the test above fails
  if (row === 'open') {
    test('is open to anybody, and says so', async () => {
      expect(operation.security).toBeUndefined()
      const answer = await app.inject({ method: method as 'GET', url: path })
      expect(answer.statusCode).not.toBe(401)
    })
    return
  }

  const scope = scopeOf(operation)
  const ask = (authorization?: string) => {
    const { params = {}, query = {}, payload } = row(cast.acme)
    const url = path.replace(
      /\{(\w+)\}/g,
      (_, name) => params[name] ?? (name === 'organizationId' ? cast.acme.id : name),
    )
    return app.inject({
      method: method as 'GET',
      url,
      query,
      headers: authorization === undefined ? {} : { authorization },
      ...(payload === undefined ? {} : { payload }),
    })
  }

  test('lets in a key of the organization that holds the scope', async () => {
    const { authorization } = await authorize(database, cast.acme, [scope])
    const answer = await ask(authorization)
    expect([answer.statusCode, answer.body]).toEqual([
      expect.toSatisfy(status => status >= 200 && status < 300),
      answer.body,
    ])
  })

  test('without a key: 401', async () => {
    expect((await ask()).statusCode).toBe(401)
  })

  test('with a key that nobody made: 401', async () => {
    expect((await ask(`Bearer tny_${'A'.repeat(43)}`)).statusCode).toBe(401)
  })

  test("with another organization's key that may do everything: 404", async () => {
    const { authorization } = await authorize(database, cast.globex)
    expect((await ask(authorization)).statusCode).toBe(404)
  })

  test('with every scope but the one it needs: 403', async () => {
    const { authorization } = await authorize(
      database,
      cast.acme,
      SCOPES.filter(other => other !== scope),
    )
    const answer = await ask(authorization)
    expect([answer.statusCode, answer.json().details]).toEqual([403, { scope }])
  })

  test('with a key that was revoked: 401', async () => {
    const { authorization, apiKeyId } = await authorize(database, cast.acme)
    await inTenant(database.pool, cast.acme.id, tx => revokeApiKey(tx, { apiKeyId, now: new Date() }))
    expect((await ask(authorization)).statusCode).toBe(401)
  })
})

function scopeOf({ operationId, security }: Operation): Scope {
  const scope = SCOPES.find(known => known === security?.[0]?.apiKey[0])
  if (scope === undefined) throw new Error(`${operationId} states no scope in openapi.json`)
  return scope
}
