import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'
import { cookieOf, givePassword, openSession, PASSWORD, pageHeaders } from '../../../support/session.ts'

let database: TestDatabase
let cast: Cast
let app: App

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  await givePassword(database.admin, cast.bob)
  app = await buildTestServer(database)
})
beforeEach(() => database.admin.query('DELETE FROM sessions; DELETE FROM sign_in_attempts'))
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const signIn = (options: { headers?: Record<string, string>; password?: string; server?: App } = {}) =>
  (options.server ?? app).inject({
    method: 'POST',
    url: '/v1/sessions',
    headers: options.headers ?? {},
    payload: { email: cast.ada.email, password: options.password ?? PASSWORD },
  })

const isOpen = async (token: string) =>
  (await app.inject({ url: '/v1/session', headers: pageHeaders(token) })).statusCode === 200

describe('signing in', () => {
  test('gives a cookie that no script reads and no other host sets, and says who is signed in', async () => {
    const answer = await signIn()
    expect(answer.statusCode).toBe(201)
    const { token, cookie } = cookieOf(answer)
    expect(cookie).toMatch(/^__Host-tenantry_session=[\w-]{43}; /)
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=7776000'])
      expect(cookie.split('; ')).toContain(attribute)
    expect(cookie).not.toMatch(/Domain/i)
    expect(answer.json()).toMatchObject({
      user: { id: cast.ada.id, email: cast.ada.email, email_verified: true },
      organization: { id: cast.acme.id },
      role: 'owner',
    })
    expect(answer.body).not.toContain(token)
    expect(await isOpen(token)).toBe(true)
  })

  test('refuses alike who is unknown and who is wrong', async () => {
    const wrong = await signIn({ password: 'wrong password' })
    const unknown = await app.inject({
      method: 'POST',
      url: '/v1/sessions',
      payload: { email: 'nobody@acme.test', password: 'wrong password' },
    })
    const { request_id: _one, ...ofWrong } = wrong.json()
    const { request_id: _two, ...ofUnknown } = unknown.json()
    expect(ofUnknown).toEqual(ofWrong)
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'identity.sign_in_refused'])
    expect(wrong.headers['set-cookie']).toBeUndefined()
  })

  test('says when to try again once it is locked', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) await signIn({ password: 'wrong password' })
    const answer = await signIn()
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'identity.sign_in_locked'])
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(890)
  })

  test('ends the session that the browser held before, whoever had planted it', async () => {
    const planted = await openSession(database, cast.globex)
    const answer = await signIn({ headers: planted.headers })
    expect(answer.statusCode).toBe(201)
    expect(await isOpen(planted.token)).toBe(false)
    expect(await isOpen(cookieOf(answer).token)).toBe(true)
  })

  test.each([
    ['another site', { origin: 'https://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('is refused from %s', async (_where, headers) => {
    const answer = await signIn({ headers })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'request.cross_origin'])
    expect(answer.json().detail).toContain('http://127.0.0.1:3000')
  })

  test('takes no form, which any site could post', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
      const answer = await signIn({ headers: { 'content-type': type } })
      expect([400, 415]).toContain(answer.statusCode)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })
})

describe('over plain http', () => {
  const at = async (environment: Record<string, string>, host: string, origin = `http://${host}`) => {
    const server = await buildTestServer(database, { environment })
    try {
      return await signIn({ server, headers: { host, origin } })
    } finally {
      await server.close()
    }
  }

  test.each(['localhost:3000', '127.0.0.1:8080', '[::1]:3000'])('%s is as good as https', async host => {
    const answer = await at({}, host)
    expect([answer.statusCode, cookieOf(answer).cookie]).toEqual([201, expect.stringMatching(/^__Host-/)])
  })

  test('from another machine it is refused, with what to do', async () => {
    const answer = await at({ TENANTRY_URL: 'http://tenantry.lan:3000' }, 'tenantry.lan:3000')
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'request.https_needed'])
    for (const cure of ['TENANTRY_URL', 'https', 'TENANTRY_INSECURE_HTTP=1'])
      expect(answer.json().detail).toContain(cure)
    const { rows } = await database.admin.query('SELECT FROM sessions')
    expect(rows).toEqual([])
  })

  test('with the explicit setting it has a cookie of another name, which is believed there alone', async () => {
    const environment = { TENANTRY_URL: 'http://tenantry.lan:3000', TENANTRY_INSECURE_HTTP: '1' }
    const answer = await at(environment, 'tenantry.lan:3000')
    const { cookie, token } = cookieOf(answer)
    expect([answer.statusCode, cookie]).toEqual([201, expect.stringMatching(/^tenantry_session_insecure=/)])
    expect(cookie).not.toContain('Secure')
    const headers = { cookie: `tenantry_session_insecure=${token}` }
    expect((await app.inject({ url: '/v1/session', headers })).statusCode).toBe(401)
    const insecure = await buildTestServer(database, { environment })
    expect((await insecure.inject({ url: '/v1/session', headers })).statusCode).toBe(200)
    await insecure.close()
  })

  test('no answer tells the browser to use https, and behind https each one does', async () => {
    const plain = await at({}, '127.0.0.1:3000')
    expect(plain.headers).not.toHaveProperty('strict-transport-security')
    expect(String(plain.headers['content-security-policy'])).not.toContain('upgrade-insecure-requests')
    const secure = await at(
      { TENANTRY_URL: 'https://tenantry.test' },
      'tenantry.test',
      'https://tenantry.test',
    )
    expect(secure.statusCode).toBe(201)
    expect(secure.headers).toHaveProperty('strict-transport-security')
    expect(cookieOf(secure).cookie).toMatch(/^__Host-.*Secure/)
  })

  test('behind https, loopback of the proxy is not the page of an http site', async () => {
    const answer = await at(
      { TENANTRY_URL: 'https://tenantry.test' },
      'tenantry.test',
      'http://tenantry.test',
    )
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'request.cross_origin'])
  })
})

describe('the devices', () => {
  test('are listed for their member alone, with the one that asks', async () => {
    const first = await openSession(database, cast.acme)
    const second = await signIn({ headers: { 'user-agent': 'Firefox on a phone' } })
    await openSession(database, cast.globex)
    const { data } = (
      await app.inject({
        url: `/v1/organizations/${cast.acme.id}/sessions`,
        headers: pageHeaders(cookieOf(second).token),
      })
    ).json()
    expect(data).toHaveLength(2)
    expect(data.find((session: { is_current: boolean }) => session.is_current)).toMatchObject({
      id: second.json().session_id,
      user_agent: 'Firefox on a phone',
      ip_address: '127.0.0.1',
    })
    expect(data.map((session: { id: string }) => session.id)).toContain(first.sessionId)
    expect(JSON.stringify(data)).not.toContain(first.token)
  })

  test('end one by one, and from then on open nothing', async () => {
    const own = await openSession(database, cast.acme)
    const lost = await openSession(database, cast.acme)
    const end = (sessionId: string) =>
      app.inject({
        method: 'DELETE',
        url: `/v1/organizations/${cast.acme.id}/sessions/${sessionId}`,
        headers: own.headers,
      })
    expect((await end(lost.sessionId)).statusCode).toBe(204)
    expect([await isOpen(lost.token), await isOpen(own.token)]).toEqual([false, true])
    const again = await end(lost.sessionId)
    expect([again.statusCode, again.json().code]).toEqual([404, 'identity.session_not_found'])
  })

  test("of others do not exist: a colleague's and another organization's answer alike", async () => {
    const { rows } = await database.admin.query(
      "INSERT INTO users (organization_id, email) VALUES ($1, 'carol@acme.test') RETURNING id",
      [cast.acme.id],
    )
    const carol = await openSession(database, { id: cast.acme.id, user: { id: rows[0].id } })
    const bob = await openSession(database, cast.globex)
    const own = await openSession(database, cast.acme)
    for (const { sessionId, token } of [carol, bob]) {
      const answer = await app.inject({
        method: 'DELETE',
        url: `/v1/organizations/${cast.acme.id}/sessions/${sessionId}`,
        headers: own.headers,
      })
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'identity.session_not_found'])
      expect(await isOpen(token)).toBe(true)
    }
  })

  test('end all but this one', async () => {
    const own = await openSession(database, cast.acme)
    const others = [await openSession(database, cast.acme), await openSession(database, cast.acme)]
    const bob = await openSession(database, cast.globex)
    const answer = await app.inject({
      method: 'DELETE',
      url: `/v1/organizations/${cast.acme.id}/sessions`,
      headers: own.headers,
    })
    expect([answer.statusCode, answer.json()]).toEqual([200, { ended: 2 }])
    for (const { token } of others) expect(await isOpen(token)).toBe(false)
    expect([await isOpen(own.token), await isOpen(bob.token)]).toEqual([true, true])
  })
})

test('signing out ends the session in the database and takes the cookie away', async () => {
  const { headers, token, sessionId } = await openSession(database, cast.acme)
  const answer = await app.inject({ method: 'DELETE', url: '/v1/session', headers })
  expect(answer.statusCode).toBe(204)
  expect(cookieOf(answer).cookie).toMatch(/^__Host-tenantry_session=; .*Expires=Thu, 01 Jan 1970/)
  expect(await isOpen(token)).toBe(false)
  const { rows } = await database.admin.query(
    'SELECT action_type, actor_name FROM activity_logs WHERE resource_id = $1',
    [sessionId],
  )
  expect(rows).toEqual([{ action_type: 'session.ended', actor_name: 'Ada Lovelace' }])
})

test('a changed role counts from the next request', async () => {
  const { headers } = await openSession(database, cast.acme)
  await database.admin.query("UPDATE users SET organization_role = 'viewer' WHERE id = $1", [cast.ada.id])
  try {
    const session = (await app.inject({ url: '/v1/session', headers })).json()
    expect([session.role, session.permissions.includes('agents:write')]).toEqual(['viewer', false])
  } finally {
    await database.admin.query("UPDATE users SET organization_role = 'owner' WHERE id = $1", [cast.ada.id])
  }
})

test('the last activity is kept to five minutes, at the cost of one write in that time, and never goes back', async () => {
  let now = new Date('2026-03-01T12:00:00Z')
  await database.admin.query('UPDATE users SET last_active_at = NULL')
  const { headers, sessionId } = await openSession(database, cast.acme, { now })
  const askAt = async (time: string) => {
    const server = await buildTestServer(database, { context: { now: () => now } })
    now = new Date(time)
    for (let request = 0; request < 3; request += 1) await server.inject({ url: '/v1/session', headers })
    now = new Date(now.getTime() + 299_000)
    await server.inject({ url: '/v1/session', headers })
    await server.close()
    const { rows } = await database.admin.query(
      `SELECT last_active_at, last_seen_at, u.xmin::text AS user_version, s.xmin::text AS session_version
       FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1`,
      [sessionId],
    )
    return rows[0]
  }
  const first = await askAt('2026-03-01T12:10:00Z')
  expect([first.last_active_at, first.last_seen_at]).toEqual(
    Array.from({ length: 2 }, () => new Date('2026-03-01T12:10:00Z')),
  )
  const second = await askAt('2026-03-01T12:15:00Z')
  expect(second.last_active_at).toEqual(new Date('2026-03-01T12:15:00Z'))
  expect(await askAt('2026-03-01T12:01:00Z')).toEqual(second)
})
