import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendPasswordReset } from '../../../../src/domains/identity/index.ts'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { readMails } from '../../../support/mails.ts'
import { buildTestServer } from '../../../support/server.ts'
import { cookieOf, givePassword, openSession, PASSWORD, pageHeaders } from '../../../support/session.ts'

const OTHER = 'another horse and another staple'
const MAIL = { url: 'http://127.0.0.1:3000', isSetUp: true }
let database: TestDatabase
let cast: Cast
let app: App
let now = new Date()

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database, { context: { now: () => now } })
})
beforeEach(async () => {
  now = new Date()
  await givePassword(database.admin, cast.ada)
  await givePassword(database.admin, cast.bob)
  await database.admin.query(
    'DELETE FROM sessions; DELETE FROM sign_in_attempts; DELETE FROM one_time_links; DELETE FROM mail_messages; DELETE FROM notifications; DELETE FROM graphile_worker._private_jobs',
  )
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const isOpen = async (token: string) =>
  (await app.inject({ url: '/v1/session', headers: pageHeaders(token) })).statusCode === 200

/** What was put into anybody's inbox. */
const told = async () =>
  (await database.admin.query('SELECT user_id, type, link, message FROM notifications')).rows

const signIn = (password: string, email = cast.ada.email) =>
  app.inject({ method: 'POST', url: '/v1/sessions', payload: { email, password } })

/** The secret of a link that was just sent to ada. */
async function sendLink(): Promise<string> {
  await sendPasswordReset(database.pool, { email: cast.ada.email, mail: MAIL, now })
  return (await readMails(database.admin)).at(-1)?.secret ?? ''
}

const complete = (secret: string, password = OTHER) =>
  app.inject({ method: 'POST', url: '/v1/password-resets/completion', payload: { secret, password } })

describe('asking for a link', () => {
  const ask = (email: string) =>
    app.inject({ method: 'POST', url: '/v1/password-resets', payload: { email } })

  test('is answered alike whether somebody has the address or not, and queues the same job', async () => {
    const answers = [await ask(cast.ada.email), await ask('nobody@acme.test')]
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [202, 'null'],
      [202, 'null'],
    ])
    const { rows } = await database.admin.query(
      'SELECT payload FROM graphile_worker._private_jobs ORDER BY id',
    )
    expect(rows.map(({ payload }) => payload)).toEqual([
      { email: cast.ada.email },
      { email: 'nobody@acme.test' },
    ])
  })

  test('the job sends a link to whoever has the address, as it is written there', async () => {
    await sendPasswordReset(database.pool, { email: ' ADA@acme.test', mail: MAIL, now })
    await sendPasswordReset(database.pool, { email: 'nobody@acme.test', mail: MAIL, now })
    expect(await readMails(database.admin)).toEqual([
      {
        to: 'ada@acme.test',
        template: 'reset-password',
        secret: expect.stringContaining(`${cast.acme.id}.`),
      },
    ])
  })

  test('fills no mailbox: three in an hour, also at the same time', async () => {
    await Promise.all(Array.from({ length: 6 }, () => sendLink()))
    expect(await readMails(database.admin)).toHaveLength(3)
    now = new Date(now.getTime() + 60 * 60_000)
    await sendLink()
    expect(await readMails(database.admin)).toHaveLength(4)
  })

  test('sends nothing to a disabled member', async () => {
    await database.admin.query('UPDATE users SET is_active = false WHERE id = $1', [cast.ada.id])
    await sendLink()
    await database.admin.query('UPDATE users SET is_active = true WHERE id = $1', [cast.ada.id])
    expect(await readMails(database.admin)).toEqual([])
  })

  test('says what to do where no mail is set up', async () => {
    const server = await buildTestServer(database, {
      environment: { DATABASE_URL: 'postgres://db.test/app' },
    })
    const answer = await server.inject({
      method: 'POST',
      url: '/v1/password-resets',
      payload: { email: cast.ada.email },
    })
    await server.close()
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'identity.mail_not_set_up'])
    expect(answer.json().detail).toContain('tenantry user password-link')
  })
})

describe('a link', () => {
  test('sets the password, signs in, ends every other session, and tells the member', async () => {
    const before = [await openSession(database, cast.acme), await openSession(database, cast.acme)]
    const bob = await openSession(database, cast.globex)
    const answer = await complete(await sendLink())
    expect([answer.statusCode, answer.json().user.id]).toEqual([201, cast.ada.id])
    expect(await isOpen(cookieOf(answer).token)).toBe(true)
    for (const { token } of before) expect(await isOpen(token)).toBe(false)
    expect(await isOpen(bob.token)).toBe(true)
    expect((await signIn(PASSWORD)).statusCode).toBe(401)
    expect((await signIn(OTHER)).statusCode).toBe(201)
    expect((await readMails(database.admin)).at(-1)).toMatchObject({
      to: cast.ada.email,
      template: 'password-changed',
    })
    expect(await told()).toEqual([
      {
        user_id: cast.ada.id,
        type: 'user.password_reset',
        link: '/profile',
        message: expect.stringContaining('from 127.0.0.1'),
      },
    ])
  })

  test('works once: of several who use it at the same time one gets in', async () => {
    const secret = await sendLink()
    const passwords = ['the first of the words', 'the second of the words', 'the third of the words']
    const answers = await Promise.all(passwords.map(password => complete(secret, password)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 410, 410])
    const won = passwords[answers.findIndex(({ statusCode }) => statusCode === 201)] ?? ''
    for (const password of passwords)
      expect((await signIn(password)).statusCode).toBe(password === won ? 201 : 401)
    const late = await complete(secret)
    expect([late.statusCode, late.json().code]).toEqual([410, 'identity.link_used'])
    expect(late.json().detail).toContain('ask for another link')
  })

  test('makes those that were sent beside it worthless, and two of them at once do not block each other', async () => {
    const secrets = [await sendLink(), await sendLink(), await sendLink()]
    const answers = await Promise.all(secrets.map(secret => complete(secret)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 404, 404])
  })

  test('works for an hour', async () => {
    const secret = await sendLink()
    now = new Date(now.getTime() + 60 * 60_000)
    const answer = await complete(secret)
    expect([answer.statusCode, answer.json().code]).toEqual([410, 'identity.link_expired'])
    expect(answer.json().details).toEqual({ expired_at: now.toISOString() })
  })

  test('still works after a password that was refused', async () => {
    const secret = await sendLink()
    const refused = await complete(secret, 'short')
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'identity.password_unfit'])
    expect((await complete(secret)).statusCode).toBe(201)
  })

  test('is nothing for another organization, another purpose or half of it', async () => {
    const secret = await sendLink()
    const [, random = ''] = secret.split('.')
    for (const other of [`${cast.globex.id}.${random}`, random, secret.slice(0, -1), 'x']) {
      const answer = await complete(other)
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'identity.link_unknown'])
    }
    const asVerification = await app.inject({
      method: 'POST',
      url: '/v1/email-verifications/completion',
      payload: { secret },
    })
    expect(asVerification.statusCode).toBe(404)
    expect((await complete(secret)).statusCode).toBe(201)
  })

  test('lets in who is locked out, and verifies the address', async () => {
    await givePassword(database.admin, cast.ada, { verified: false })
    for (let attempt = 0; attempt < 11; attempt += 1) await signIn('wrong password')
    expect((await signIn(PASSWORD)).statusCode).toBe(429)
    const answer = await complete(await sendLink())
    expect(answer.json().user.email_verified).toBe(true)
    expect((await signIn(OTHER)).statusCode).toBe(201)
  })

  test('does not let in a member who was disabled since', async () => {
    const secret = await sendLink()
    await database.admin.query('UPDATE users SET is_active = false WHERE id = $1', [cast.ada.id])
    const answer = await complete(secret)
    await database.admin.query('UPDATE users SET is_active = true WHERE id = $1', [cast.ada.id])
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'identity.account_disabled'])
    expect((await complete(secret)).statusCode).toBe(201)
  })

  test('is stored as a hash alone', async () => {
    const [, random = ''] = (await sendLink()).split('.')
    const { rows } = await database.admin.query('SELECT to_jsonb(one_time_links) AS link FROM one_time_links')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(random)
  })
})

describe('changing the password', () => {
  const change = (headers: Record<string, string>, current: string, password = OTHER) =>
    app.inject({
      method: 'PUT',
      url: `/v1/organizations/${cast.acme.id}/password`,
      headers,
      payload: { current_password: current, password },
    })

  test('keeps this session, ends the others and the links under way, and tells the member', async () => {
    const own = await openSession(database, cast.acme)
    const other = await openSession(database, cast.acme)
    const secret = await sendLink()
    expect((await change(own.headers, PASSWORD)).statusCode).toBe(204)
    expect([await isOpen(own.token), await isOpen(other.token)]).toEqual([true, false])
    expect((await complete(secret)).statusCode).toBe(404)
    expect([(await signIn(PASSWORD)).statusCode, (await signIn(OTHER)).statusCode]).toEqual([401, 201])
    expect((await readMails(database.admin)).at(-1)).toMatchObject({
      to: cast.ada.email,
      template: 'password-changed',
    })
    const { rowCount } = await database.admin.query(
      "SELECT FROM activity_logs WHERE action_type = 'user.password_changed' AND user_id = $1",
      [cast.ada.id],
    )
    expect(rowCount).toBe(1)
    expect(await told()).toEqual([
      {
        user_id: cast.ada.id,
        type: 'user.password_changed',
        link: '/profile',
        message: expect.stringContaining('from 127.0.0.1'),
      },
    ])
  })

  test('tells nothing in the inbox of a member who has switched that off', async () => {
    await database.admin.query(
      `INSERT INTO notification_preferences (organization_id, user_id, notification_type, in_app_enabled)
       VALUES ($1, $2, 'user.password_changed', false)`,
      [cast.acme.id, cast.ada.id],
    )
    const { headers } = await openSession(database, cast.acme)
    expect((await change(headers, PASSWORD)).statusCode).toBe(204)
    await database.admin.query('DELETE FROM notification_preferences')
    expect(await told()).toEqual([])
    expect(await readMails(database.admin)).toHaveLength(1)
  })

  test('needs the current one, which a stolen session cannot guess', async () => {
    const { headers, token } = await openSession(database, cast.acme)
    const answers = await Promise.all(Array.from({ length: 15 }, () => change(headers, 'wrong password')))
    const codes = answers.map(answer => answer.json().code)
    expect(codes.filter(code => code === 'identity.password_wrong')).toHaveLength(10)
    expect(codes.filter(code => code === 'identity.password_locked')).toHaveLength(5)
    expect((await change(headers, PASSWORD)).statusCode).toBe(429)
    expect(await isOpen(token)).toBe(true)
    // Signing in is another matter: it is not locked by that.
    expect((await signIn(PASSWORD)).statusCode).toBe(201)
  })

  test('is not locked by somebody who fails to sign in', async () => {
    const { headers } = await openSession(database, cast.acme)
    for (let attempt = 0; attempt < 11; attempt += 1) await signIn('wrong password')
    expect((await change(headers, PASSWORD)).statusCode).toBe(204)
  })

  test('refuses one that is unfit, and changes nothing', async () => {
    const { headers } = await openSession(database, cast.acme)
    const answer = await change(headers, PASSWORD, cast.ada.email)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'identity.password_unfit'])
    expect((await signIn(PASSWORD)).statusCode).toBe(201)
  })

  test('of two changes at the same time one wins', async () => {
    const { headers } = await openSession(database, cast.acme)
    const answers = await Promise.all(
      ['the first of the words', 'the second of the words'].map(password =>
        change(headers, PASSWORD, password),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 403])
    expect(await told()).toHaveLength(1)
  })
})
