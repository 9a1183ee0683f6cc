import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { readMails } from '../../../support/mails.ts'
import { buildTestServer } from '../../../support/server.ts'
import { cookieOf, pageHeaders } from '../../../support/session.ts'

let database: TestDatabase
let app: App

beforeAll(async () => {
  database = await createTestDatabase()
  await insertCast(database.admin)
  app = await buildTestServer(database)
})
afterEach(() => database.admin.query('DELETE FROM mail_messages'))
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const GRACE = {
  organization_name: ' Initech ',
  subdomain: 'initech',
  email: 'grace@initech.test',
  password: 'a nice long password',
  first_name: 'Grace',
  last_name: 'Hopper',
}

const signUp = (payload: object, server = app) =>
  server.inject({ method: 'POST', url: '/v1/sign-ups', payload })

const count = async (table: string) =>
  (await database.admin.query(`SELECT count(*)::integer AS n FROM ${table}`)).rows[0].n

test('whoever signs up owns the organization, is signed in, and may manage their own account until verified', async () => {
  const answer = await signUp(GRACE)
  expect(answer.statusCode).toBe(201)
  const session = answer.json()
  expect(session).toMatchObject({
    user: { email: 'grace@initech.test', email_verified: false, first_name: 'Grace', theme: 'auto' },
    organization: { name: 'Initech', subdomain: 'initech', plan: 'free', time_zone: 'UTC' },
    role: 'owner',
    permissions: ['account:manage'],
  })
  expect(answer.body).not.toContain(GRACE.password)
  const headers = pageHeaders(cookieOf(answer).token)
  expect((await app.inject({ url: '/v1/session', headers })).json()).toEqual(session)

  const metrics = `/v1/organizations/${session.organization.id}/metrics/daily?from=2026-03-01&to=2026-03-02`
  const early = await app.inject({ url: metrics, headers })
  expect([early.statusCode, early.json().code]).toEqual([403, 'identity.email_unverified'])

  const [mail] = await readMails(database.admin)
  expect(mail).toMatchObject({ to: 'grace@initech.test', template: 'verify-email' })
  const verify = () =>
    app.inject({
      method: 'POST',
      url: '/v1/email-verifications/completion',
      payload: { secret: mail?.secret },
    })
  const verified = await verify()
  expect([verified.statusCode, verified.json()]).toEqual([200, { email: 'grace@initech.test' }])
  expect((await app.inject({ url: metrics, headers })).statusCode).toBe(200)
  expect((await app.inject({ url: '/v1/session', headers })).json().permissions).toContain('api_keys:manage')
  const again = await verify()
  expect([again.statusCode, again.json().code]).toEqual([410, 'identity.link_used'])
})

test('it is recorded who signed up', async () => {
  const { rows } = await database.admin.query(
    `SELECT action_type, actor_name FROM activity_logs JOIN organizations o ON o.id = organization_id
     WHERE subdomain = 'initech' AND action_type IN ('organization.created', 'user.created', 'user.email_verified') ORDER BY 1`,
  )
  expect(rows).toEqual([
    { action_type: 'organization.created', actor_name: 'grace@initech.test' },
    { action_type: 'user.created', actor_name: 'grace@initech.test' },
    { action_type: 'user.email_verified', actor_name: 'Grace Hopper' },
  ])
})

test.each([
  ['a subdomain that is taken', { subdomain: 'ACME' }, 409, 'organizations.subdomain_taken'],
  ["an address that is somebody's", { email: 'ADA@acme.test' }, 409, 'organizations.email_taken'],
  ['a password that is too short', { password: 'short' }, 400, 'identity.password_unfit'],
  ['an address that is none', { email: 'grace' }, 400, 'organizations.email_invalid'],
  ['a subdomain that is none', { subdomain: 'a_b' }, 400, 'organizations.invalid'],
  ['a time zone that is none', { time_zone: 'Mars/Olympus' }, 400, 'organizations.invalid'],
  ['a name of blanks', { organization_name: '  ' }, 400, 'organizations.invalid'],
  ['a field that is not known', { role: 'owner' }, 400, 'request.invalid'],
])('%s is refused, and nothing is left behind', async (_what, change, status, code) => {
  const before = [await count('organizations'), await count('sessions'), await count('mail_messages')]
  const answer = await signUp({ ...GRACE, subdomain: 'other', email: 'other@initech.test', ...change })
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect([await count('organizations'), await count('sessions'), await count('mail_messages')]).toEqual(
    before,
  )
})

test('of two who want one address at the same time, one signs up', async () => {
  const answers = await Promise.all(
    ['one', 'two'].map(subdomain => signUp({ ...GRACE, subdomain, email: 'twice@initech.test' })),
  )
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409])
})

test('where no mail is set up it says so and what to do, before anything is made', async () => {
  const server = await buildTestServer(database, { environment: { DATABASE_URL: 'postgres://db.test/app' } })
  try {
    const answer = await signUp({ ...GRACE, subdomain: 'nomail', email: 'nomail@initech.test' }, server)
    expect([answer.statusCode, answer.json()]).toMatchObject([
      503,
      { code: 'identity.mail_not_set_up', detail: expect.stringMatching(/SMTP_URL.*organization create/) },
    ])
    const { rowCount } = await database.admin.query("SELECT FROM organizations WHERE subdomain = 'nomail'")
    expect(rowCount).toBe(0)
  } finally {
    await server.close()
  }
})

test('a session from before does not outlive signing up', async () => {
  const first = await signUp({ ...GRACE, subdomain: 'first', email: 'first@initech.test' })
  const headers = pageHeaders(cookieOf(first).token)
  const second = await app.inject({
    method: 'POST',
    url: '/v1/sign-ups',
    headers,
    payload: { ...GRACE, subdomain: 'second', email: 'second@initech.test' },
  })
  expect(second.statusCode).toBe(201)
  expect((await app.inject({ url: '/v1/session', headers })).statusCode).toBe(401)
})
