import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import { findSession, type NewSession, signIn } from '../../../src/domains/identity/index.ts'
import { ABSOLUTE_MS, IDLE_MS } from '../../../src/domains/identity/session.ts'
import { storePassword } from '../../../src/domains/identity/store-password.ts'
import { hashPassword, passwordWork } from '../../../src/platform/password.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { givePassword, PASSWORD } from '../../support/session.ts'

const MINUTE = 60_000
let database: TestDatabase
let cast: Cast
let now = new Date('2026-03-01T12:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
beforeEach(async () => {
  now = new Date('2026-03-01T12:00:00Z')
  await givePassword(database.admin, cast.ada)
  await givePassword(database.admin, cast.bob)
})
afterEach(async () => {
  await database.admin.query('DELETE FROM sign_in_attempts; DELETE FROM sessions')
})
afterAll(() => database.drop())

const tryPassword = (password: string, email = cast.ada.email, ipAddress = '192.0.2.1') =>
  signIn(database.pool, { email, password, device: { ipAddress, userAgent: 'Browser' }, now })

const later = (milliseconds: number) => {
  now = new Date(now.getTime() + milliseconds)
}

async function failTimes(times: number, email?: string, ipAddress?: string): Promise<string[]> {
  const codes: string[] = []
  for (let attempt = 0; attempt < times; attempt += 1)
    codes.push(await tryPassword('wrong password', email, ipAddress).catch(error => error.code))
  return codes
}

test('the right password opens a session, whatever the letter case of the address', async () => {
  const session = await tryPassword(PASSWORD, ` ${cast.ada.email.toUpperCase()} `)
  expect(session).toMatchObject({ organizationId: cast.acme.id, userId: cast.ada.id })
  expect(await findSession(database.pool, { token: session.token, now })).toEqual({
    sessionId: session.sessionId,
    organizationId: cast.acme.id,
    userId: cast.ada.id,
    role: 'owner',
    isEmailVerified: true,
  })
})

test('each sign-in has a token of its own, and only its hash is stored', async () => {
  const tokens = [(await tryPassword(PASSWORD)).token, (await tryPassword(PASSWORD)).token]
  expect(new Set(tokens).size).toBe(2)
  const { rows } = await database.admin.query('SELECT to_jsonb(sessions) AS session FROM sessions')
  expect(rows).toHaveLength(2)
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(rows)).not.toContain(token)
  }
})

test('an unknown address and a wrong password get the same answer after the same work', async () => {
  const watch = watchStatements(database.pool)
  const hashed = passwordWork.begun
  const wrong = await tryPassword('wrong password').catch(error => error)
  const statementsOfWrong = watch.taken()
  const unknown = await tryPassword('wrong password', 'nobody@acme.test').catch(error => error)
  const statementsOfUnknown = watch.taken()
  watch.stop()
  expect([unknown.code, unknown.message, unknown.details]).toEqual([wrong.code, wrong.message, wrong.details])
  expect(wrong.code).toBe('identity.sign_in_refused')
  expect(wrong.message).toContain('link to set a new password')
  expect(statementsOfUnknown).toEqual(statementsOfWrong)
  expect(statementsOfWrong.length).toBeGreaterThan(4)
  expect(passwordWork.begun - hashed).toBe(2)
})

test('a member who has no password is refused like an unknown address', async () => {
  await database.admin.query('DELETE FROM user_credentials WHERE user_id = $1', [cast.ada.id])
  await expect(tryPassword('')).rejects.toMatchObject({ code: 'identity.sign_in_refused' })
})

test('ten wrong passwords lock the address for 15 minutes, for the right one too', async () => {
  expect(new Set(await failTimes(10))).toEqual(new Set(['identity.sign_in_refused']))
  const hashed = passwordWork.begun
  await expect(tryPassword(PASSWORD)).rejects.toMatchObject({
    code: 'identity.sign_in_locked',
    kind: 'rate_limited',
    message: expect.stringContaining('15 minutes'),
    details: { retry_after_seconds: 900 },
  })
  // In another letter case and from elsewhere it is the same account.
  await expect(tryPassword(PASSWORD, 'ADA@acme.test', '198.51.100.1')).rejects.toMatchObject({
    code: 'identity.sign_in_locked',
  })
  expect(passwordWork.begun).toBe(hashed)
  await expect(tryPassword(PASSWORD, cast.bob.email)).resolves.toMatchObject({ userId: cast.bob.id })
  later(15 * MINUTE - 1)
  await expect(tryPassword(PASSWORD)).rejects.toMatchObject({ details: { retry_after_seconds: 1 } })
  later(1)
  await expect(tryPassword(PASSWORD)).resolves.toMatchObject({ userId: cast.ada.id })
})

test('an address that nobody has locks just the same', async () => {
  const codes = await failTimes(11, 'nobody@acme.test')
  expect(codes.slice(9)).toEqual(['identity.sign_in_refused', 'identity.sign_in_locked'])
})

test('who is signed in stays so while the address is locked', async () => {
  const { token } = await tryPassword(PASSWORD)
  await failTimes(11)
  expect(await findSession(database.pool, { token, now })).toMatchObject({ userId: cast.ada.id })
})

test('the organization can see that somebody was locked out, once', async () => {
  await failTimes(12)
  const { rows } = await database.admin.query(
    "SELECT organization_id, resource_id, ip_address FROM activity_logs WHERE action_type = 'user.sign_in_locked'",
  )
  const own = rows.filter(row => row.resource_id === cast.ada.id)
  expect(own.at(-1)).toMatchObject({ organization_id: cast.acme.id, ip_address: '192.0.2.1' })
  expect(rows.filter(row => row.organization_id === cast.globex.id)).toEqual([])
})

test('the right password wipes the slate, and failures are forgotten after 15 minutes', async () => {
  await failTimes(9)
  await tryPassword(PASSWORD)
  expect(await failTimes(9)).not.toContain('identity.sign_in_locked')
  later(15 * MINUTE)
  expect(await failTimes(9)).not.toContain('identity.sign_in_locked')
  await expect(tryPassword(PASSWORD)).resolves.toBeDefined()
})

test('of many wrong passwords at once no more than the budget are evaluated', async () => {
  const hashed = passwordWork.begun
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => failTimes(1)))
  const codes = outcomes.flat()
  expect(codes.filter(code => code === 'identity.sign_in_refused')).toHaveLength(10)
  expect(codes.filter(code => code === 'identity.sign_in_locked')).toHaveLength(30)
  expect(passwordWork.begun - hashed).toBe(10)
})

test('one password tried on many accounts locks the network that it comes from, and no other', async () => {
  for (let account = 0; account < 100; account += 1)
    await failTimes(1, `account${account}@acme.test`, '203.0.113.9')
  await expect(tryPassword(PASSWORD, cast.ada.email, '203.0.113.9')).rejects.toMatchObject({
    code: 'identity.network_locked',
    kind: 'rate_limited',
  })
  await expect(tryPassword(PASSWORD)).resolves.toBeDefined()
})

test('an attempt that broke off for another reason is not counted', async () => {
  const query = database.pool.query
  for (let attempt = 0; attempt < 12; attempt += 1) {
    database.pool.query = (() => Promise.reject(new Error('connection lost'))) as unknown as typeof query
    await expect(tryPassword(PASSWORD)).rejects.toThrow('connection lost')
    database.pool.query = query
  }
  await expect(tryPassword(PASSWORD)).resolves.toBeDefined()
})

test('a disabled member is told so only with the right password, and their sessions open nothing', async () => {
  const { token } = await tryPassword(PASSWORD)
  await database.admin.query('UPDATE users SET is_active = false WHERE id = $1', [cast.ada.id])
  try {
    await expect(tryPassword('wrong password')).rejects.toMatchObject({ code: 'identity.sign_in_refused' })
    await expect(tryPassword(PASSWORD)).rejects.toMatchObject({
      code: 'identity.account_disabled',
      kind: 'forbidden',
      message: expect.stringContaining('owner or admin'),
    })
    expect(await findSession(database.pool, { token, now })).toBeUndefined()
  } finally {
    await database.admin.query('UPDATE users SET is_active = true WHERE id = $1', [cast.ada.id])
  }
})

test('a sign-in is recorded in its organization, in the same transaction', async () => {
  const session = await tryPassword(PASSWORD)
  const { rows } = await database.admin.query(
    "SELECT organization_id, user_id, actor_name, ip_address FROM activity_logs WHERE action_type = 'session.created' AND resource_id = $1",
    [session.sessionId],
  )
  expect(rows).toEqual([
    {
      organization_id: cast.acme.id,
      user_id: cast.ada.id,
      actor_name: 'Ada Lovelace',
      ip_address: '192.0.2.1',
    },
  ])
})

test('a session ends after two weeks without use, and after 90 days in any case', async () => {
  const { token, sessionId } = await tryPassword(PASSWORD)
  const openedAt = now.getTime()
  const at = (milliseconds: number) =>
    findSession(database.pool, { token, now: new Date(openedAt + milliseconds) })
  expect(await at(IDLE_MS - 1)).toBeDefined()
  expect(await at(IDLE_MS)).toBeUndefined()
  await database.admin.query('UPDATE sessions SET last_seen_at = $2 WHERE id = $1', [
    sessionId,
    new Date(openedAt + ABSOLUTE_MS - 1_000),
  ])
  expect(await at(ABSOLUTE_MS - 1)).toBeDefined()
  expect(await at(ABSOLUTE_MS)).toBeUndefined()
})

test('a new password ends also the session that is opened with the former one at the same moment', async () => {
  const passwordHash = await hashPassword('another horse and another staple')
  for (let round = 0; round < 5; round += 1) {
    await givePassword(database.admin, cast.ada)
    const [attempt] = await Promise.allSettled([
      tryPassword(PASSWORD),
      inTenant(database.pool, cast.acme.id, tx =>
        storePassword(tx, { userId: cast.ada.id, passwordHash, verifiesEmail: false, now }),
      ),
    ])
    const token = attempt.status === 'fulfilled' ? (attempt.value as NewSession).token : 'none'
    expect(await findSession(database.pool, { token, now })).toBeUndefined()
  }
})

/** The statements that are sent through the pool, by their text. */
function watchStatements(pool: pg.Pool) {
  const texts: string[] = []
  const watched = new Map<pg.PoolClient, pg.PoolClient['query']>()
  const watch = (client: pg.PoolClient) => {
    if (watched.has(client)) return
    const { query } = client
    watched.set(client, query)
    client.query = ((...args: Parameters<typeof query>) => {
      const statement: unknown = args[0]
      const text = typeof statement === 'string' ? statement : (statement as { text?: string }).text
      texts.push(String(text).replace(/'[0-9a-f-]{36}'/g, "'id'"))
      return query.apply(client, args)
    }) as typeof query
  }
  pool.on('acquire', watch)
  return {
    taken: () => texts.splice(0),
    stop: () => {
      pool.off('acquire', watch)
      for (const [client, query] of watched) client.query = query
    },
  }
}
