import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { readMails } from '../../../support/mails.ts'
import { buildTestServer } from '../../../support/server.ts'
import { givePassword, openSession, PASSWORD, pageHeaders } from '../../../support/session.ts'

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
  await givePassword(database.admin, cast.ada, { verified: false })
  await givePassword(database.admin, cast.bob)
  await database.admin.query(
    'DELETE FROM sessions; DELETE FROM sign_in_attempts; DELETE FROM one_time_links; DELETE FROM mail_messages',
  )
  await database.admin.query('UPDATE users SET email = $2 WHERE id = $1', [cast.ada.id, cast.ada.email])
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const complete = (what: 'email-verifications' | 'email-changes', secret: string) =>
  app.inject({ method: 'POST', url: `/v1/${what}/completion`, payload: { secret } })

const lastSecret = async () => (await readMails(database.admin)).at(-1)?.secret ?? ''

describe('verifying', () => {
  const send = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `/v1/organizations/${cast.acme.id}/email-verifications`,
      headers,
    })

  test('another mail can be had, three in an hour, and each link works', async () => {
    const { headers } = await openSession(database, cast.acme)
    for (let mail = 0; mail < 3; mail += 1) expect((await send(headers)).statusCode).toBe(202)
    const fourth = await send(headers)
    expect([fourth.statusCode, fourth.json().code]).toEqual([429, 'identity.links_too_many'])
    const [first] = await readMails(database.admin)
    expect(first).toMatchObject({ to: cast.ada.email, template: 'verify-email' })
    expect((await complete('email-verifications', first?.secret ?? '')).statusCode).toBe(200)
    const verified = await send(headers)
    expect([verified.statusCode, verified.json().code]).toEqual([409, 'identity.email_verified_already'])
    // The others have done their duty.
    expect((await complete('email-verifications', await lastSecret())).statusCode).toBe(404)
  })

  test('works for three days', async () => {
    const { headers } = await openSession(database, cast.acme)
    await send(headers)
    now = new Date(now.getTime() + 3 * 24 * 60 * 60_000)
    const answer = await complete('email-verifications', await lastSecret())
    expect([answer.statusCode, answer.json().code]).toEqual([410, 'identity.link_expired'])
  })

  test('proves nothing about an address that the member has no more', async () => {
    const { headers } = await openSession(database, cast.acme)
    await send(headers)
    await database.admin.query("UPDATE users SET email = 'other@acme.test' WHERE id = $1", [cast.ada.id])
    expect((await complete('email-verifications', await lastSecret())).statusCode).toBe(404)
    expect((await app.inject({ url: '/v1/session', headers })).json().user.email_verified).toBe(false)
  })
})

describe('changing the address', () => {
  const ask = (headers: Record<string, string>, email: string, password = PASSWORD) =>
    app.inject({
      method: 'POST',
      url: `/v1/organizations/${cast.acme.id}/email-changes`,
      headers,
      payload: { email, password },
    })

  test('tells both addresses, and happens when the new one opens its link', async () => {
    const { headers, token } = await openSession(database, cast.acme)
    expect((await ask(headers, 'lovelace@acme.test')).statusCode).toBe(202)
    const [toNew, toOld] = await readMails(database.admin)
    expect(toNew).toMatchObject({ to: 'lovelace@acme.test', template: 'change-email' })
    expect(toOld).toMatchObject({ to: cast.ada.email, template: 'email-change-requested', secret: '' })
    expect((await app.inject({ url: '/v1/session', headers })).json().user.email).toBe(cast.ada.email)

    const answer = await complete('email-changes', toNew?.secret ?? '')
    expect([answer.statusCode, answer.json()]).toEqual([200, { email: 'lovelace@acme.test' }])
    const told = (await readMails(database.admin)).slice(2)
    expect(told.map(({ to, template }) => [to, template]).sort()).toEqual([
      [cast.ada.email, 'email-changed'],
      ['lovelace@acme.test', 'email-changed'],
    ])
    // Sessions go on; the address is verified, since its link was opened.
    const session = await app.inject({ url: '/v1/session', headers: pageHeaders(token) })
    expect(session.json().user).toMatchObject({ email: 'lovelace@acme.test', email_verified: true })
    const signIn = (email: string) =>
      app.inject({ method: 'POST', url: '/v1/sessions', payload: { email, password: PASSWORD } })
    expect((await signIn('lovelace@acme.test')).statusCode).toBe(201)
    expect((await signIn(cast.ada.email)).statusCode).toBe(401)
    const again = await complete('email-changes', toNew?.secret ?? '')
    expect([again.statusCode, again.json().code]).toEqual([410, 'identity.link_used'])
    const { rows } = await database.admin.query(
      "SELECT metadata FROM activity_logs WHERE action_type = 'user.email_changed' AND user_id = $1",
      [cast.ada.id],
    )
    expect(rows).toEqual([{ metadata: { former_email: cast.ada.email, email: 'lovelace@acme.test' } }])
    const { rows: inbox } = await database.admin.query('SELECT user_id, type FROM notifications')
    expect(inbox).toEqual([{ user_id: cast.ada.id, type: 'user.email_changed' }])
  })

  test("somebody else's address is told to its reader alone, and nothing changes", async () => {
    const { headers } = await openSession(database, cast.acme)
    expect((await ask(headers, cast.bob.email)).statusCode).toBe(202)
    const [mail] = await readMails(database.admin)
    const answer = await complete('email-changes', mail?.secret ?? '')
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'organizations.email_taken'])
    expect((await app.inject({ url: '/v1/session', headers })).json().user.email).toBe(cast.ada.email)
  })

  test('a change of the password stops it', async () => {
    const { headers } = await openSession(database, cast.acme)
    await ask(headers, 'lovelace@acme.test')
    const [mail] = await readMails(database.admin)
    await app.inject({
      method: 'PUT',
      url: `/v1/organizations/${cast.acme.id}/password`,
      headers,
      payload: { current_password: PASSWORD, password: 'another horse and another staple' },
    })
    expect((await complete('email-changes', mail?.secret ?? '')).statusCode).toBe(404)
  })

  test.each([
    ['without the password', 'lovelace@acme.test', 'wrong password', 403, 'identity.password_wrong'],
    ['to the same address', 'ada@acme.test', PASSWORD, 409, 'identity.email_unchanged'],
    ['to what is no address', 'lovelace', PASSWORD, 400, 'organizations.email_invalid'],
  ])('%s it is refused, and no mail goes out', async (_what, email, password, status, code) => {
    const { headers } = await openSession(database, cast.acme)
    const answer = await ask(headers, email, password)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(await readMails(database.admin)).toEqual([])
  })
})
