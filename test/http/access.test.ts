import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '../../src/database/transaction.ts'
import { IDLE_MS } from '../../src/domains/identity/session.ts'
import { notify } from '../../src/domains/notifications/index.ts'
import {
  MEMBER_ROLES,
  type MemberRole,
  PERMISSIONS,
  type Permission,
  permits,
  revokeApiKey,
  SCOPES,
  type Scope,
  WITHOUT_VERIFIED_EMAIL,
} from '../../src/domains/organizations/index.ts'
import type { App } from '../../src/http/context.ts'
import { type Cast, type CastOrganization, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { listOperations, type Operation } from '../support/operations.ts'
import { authorize, buildTestServer } from '../support/server.ts'
import { givePassword, openSession, pageHeaders } from '../support/session.ts'
import { BEFORE_VERIFICATION, ROWS, type Row, type Scene } from './access-rows.ts'

/** Every operation of openapi.json × every caller who must not get in. */
let database: TestDatabase
let cast: Cast
let app: App

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database, { environment: { RATE_LIMIT_PER_ADDRESS: '1000000' } })
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
    if (method !== 'GET')
      test('is not open to a page of another site', async () => {
        const headers = { origin: 'https://evil.test' }
        const answer = await app.inject({ method: method as 'POST', url: path, headers })
        expect([answer.statusCode, answer.json().code]).toEqual([403, 'request.cross_origin'])
      })
    return
  }

  const ask = async (
    headers: Record<string, string>,
    { params = {}, query = {}, payload, endless = false }: Row,
  ) => {
    const url = path.replace(
      /\{(\w+)\}/g,
      (_, name) => params[name] ?? (name === 'organizationId' ? cast.acme.id : name),
    )
    const answer = await app.inject({
      method: method as 'GET',
      url,
      query,
      headers,
      ...(payload === undefined ? {} : { payload }),
      payloadAsStream: endless,
    })
    return endless ? readBeginning(answer) : answer
  }
  const scope = scopeOf(operation)
  if (scope !== undefined) {
    const rowOfKey = () =>
      row({
        organization: cast.acme,
        openAnother: async () => randomUUID(),
        tell: async () => randomUUID(),
        converse: async () => randomUUID(),
        makeKey: async () => randomUUID(),
      })
    const askAsKey = async (authorization?: string) =>
      ask(authorization === undefined ? {} : { authorization }, await rowOfKey())

    test('lets in a key of the organization that holds the scope', async () => {
      const { authorization } = await authorize(database, cast.acme, [scope])
      await expectSuccess(await askAsKey(authorization))
    })

    test('without a key: 401', async () => {
      expect((await askAsKey()).statusCode).toBe(401)
    })

    test('with a key that nobody made: 401', async () => {
      expect((await askAsKey(`Bearer tny_${'A'.repeat(43)}`)).statusCode).toBe(401)
    })

    test("with another organization's key that may do everything: 404", async () => {
      const { authorization } = await authorize(database, cast.globex)
      expect((await askAsKey(authorization)).statusCode).toBe(404)
    })

    test('with every scope but the one it needs: 403', async () => {
      const others = SCOPES.filter(other => other !== scope)
      const { authorization } = await authorize(database, cast.acme, others)
      const answer = await askAsKey(authorization)
      expect([answer.statusCode, answer.json().details]).toEqual([403, { scope }])
    })

    test('with a key that was revoked: 401', async () => {
      const { authorization, apiKeyId } = await authorize(database, cast.acme)
      await inTenant(database.pool, cast.acme.id, tx => revokeApiKey(tx, { apiKeyId, now: new Date() }))
      expect((await askAsKey(authorization)).statusCode).toBe(401)
    })
  }

  const permission = permissionOf(operation)
  if (permission === undefined) {
    test('with the session of an owner, whom no permission lets in: 401', async () => {
      const { headers, scene } = await signIn('owner')
      expect((await ask(headers, await row(scene))).statusCode).toBe(401)
    })
    return
  }
  const leastRole = PERMISSIONS[permission]

  test(`lets in a member whose role is ${leastRole}`, async () => {
    const verified = !BEFORE_VERIFICATION.includes(operation.operationId)
    const { headers, scene } = await signIn(leastRole, { verified })
    await expectSuccess(await ask(headers, await row(scene)))
  })

  test('without a session, or with one that nobody has: 401', async () => {
    const { scene } = await signIn(leastRole)
    for (const headers of [{}, pageHeaders('A'.repeat(43)), pageHeaders('no token at all')])
      expect((await ask(headers, await row(scene))).statusCode).toBe(401)
  })

  test('with a session that has ended, or was left alone too long: 401', async () => {
    const { headers, sessionId, scene } = await signIn(leastRole)
    await database.admin.query('DELETE FROM sessions WHERE id = $1', [sessionId])
    expect((await ask(headers, await row(scene))).statusCode).toBe(401)
    const idle = await signIn(leastRole, { now: new Date(Date.now() - IDLE_MS) })
    expect((await ask(idle.headers, await row(idle.scene))).statusCode).toBe(401)
  })

  test('as a member who was disabled: 401', async () => {
    const { headers, scene } = await signIn(leastRole)
    const answers = await row(scene)
    await database.admin.query('UPDATE users SET is_active = false WHERE id = $1', [
      scene.organization.user.id,
    ])
    expect((await ask(headers, answers)).statusCode).toBe(401)
  })

  if (path.includes('{organizationId}'))
    test("as another organization's owner: 404", async () => {
      await givePassword(database.admin, cast.bob)
      const { headers } = await openSession(database, cast.globex)
      const { scene } = await signIn(leastRole)
      expect((await ask(headers, await row(scene))).statusCode).toBe(404)
    })

  for (const role of MEMBER_ROLES.filter(role => !permits(role, permission)))
    test(`as ${role}, who may not: 403`, async () => {
      const { headers, scene } = await signIn(role)
      const answer = await ask(headers, await row(scene))
      expect([answer.statusCode, answer.json().code, answer.json().details]).toEqual([
        403,
        'organizations.permission_missing',
        { permission, role, least_role: leastRole },
      ])
    })

  if (permission !== WITHOUT_VERIFIED_EMAIL)
    test('before the address is verified: 403', async () => {
      const { headers, scene } = await signIn('owner', { verified: false })
      const answer = await ask(headers, await row(scene))
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'identity.email_unverified'])
    })

  if (method !== 'GET')
    test('from another site, or without a word from where: 403', async () => {
      const { headers, scene } = await signIn('owner')
      const { cookie = '', origin = '' } = headers
      for (const from of [
        { origin: 'https://evil.test' },
        { origin: 'null' },
        { origin, 'sec-fetch-site': 'cross-site' },
        { origin, 'sec-fetch-site': 'same-site' },
        {},
      ]) {
        const answer = await ask({ cookie, ...from }, await row(scene))
        expect([answer.statusCode, answer.json().code]).toEqual([403, 'request.cross_origin'])
      }
    })
})

let members = 0

/** A new member of acme in this role, signed in. */
async function signIn(
  role: MemberRole,
  { verified = true, now = new Date() } = {},
): Promise<{ headers: Record<string, string>; sessionId: string; scene: Scene }> {
  members += 1
  const user = { id: randomUUID(), email: `member${members}@acme.test` }
  await database.admin.query(
    'INSERT INTO users (id, organization_id, email, organization_role) VALUES ($1, $2, $3, $4)',
    [user.id, cast.acme.id, user.email, role],
  )
  await givePassword(database.admin, user, { verified })
  const organization: CastOrganization = { ...cast.acme, user }
  const { headers, sessionId } = await openSession(database, organization, { now })
  const openAnother = async () => (await openSession(database, organization)).sessionId
  const makeKey = async () => (await authorize(database, organization)).apiKeyId
  const scene = { organization, openAnother, makeKey, converse, tell: () => tell(user.id) }
  return { headers, sessionId, scene }
}

async function converse(): Promise<string> {
  const { rows } = await database.admin.query<{ id: string }>(
    'INSERT INTO conversations (organization_id) VALUES ($1) RETURNING id',
    [cast.acme.id],
  )
  return rows[0]?.id ?? ''
}

async function tell(userId: string): Promise<string> {
  await inTenant(database.pool, cast.acme.id, tx =>
    notify(tx, {
      userId,
      type: 'agent.stopped',
      category: 'agents',
      title: 'Stopped',
      message: 'It stopped.',
    }),
  )
  const { rows } = await database.admin.query('SELECT id FROM notifications WHERE user_id = $1', [userId])
  return rows[0].id
}

/** What a refusal says; of anything else the beginning, since it has no end. */
async function readBeginning({ statusCode, stream }: LightMyRequestResponse) {
  const { value } = await stream()[Symbol.asyncIterator]().next()
  stream().destroy()
  const body = String(value)
  return { statusCode, body, json: () => JSON.parse(body) }
}

async function expectSuccess(answer: { statusCode: number; body: string }): Promise<void> {
  expect([answer.statusCode, answer.body]).toEqual([
    expect.toSatisfy(status => status >= 200 && status < 300),
    answer.body,
  ])
}

function scopeOf({ security = [] }: Operation): Scope | undefined {
  const name = security.find(either => either.apiKey)?.apiKey?.[0]
  return SCOPES.find(known => known === name)
}

function permissionOf({ security = [] }: Operation): Permission | undefined {
  const name = security.find(either => either.session)?.session?.[0]
  return (Object.keys(PERMISSIONS) as Permission[]).find(known => known === name)
}
