import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readMails } from '../support/mails.ts'
import { buildTestServer } from '../support/server.ts'
import { cookieOf, givePassword, PASSWORD, pageHeaders } from '../support/session.ts'

let database: TestDatabase
let cast: Cast
let app: App
let log = ''

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  app = await buildTestServer(database, {
    context: {
      log: createLogger('trace', {
        write: line => {
          log += line
        },
      }),
    },
  })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

test('no password, token or secret of a link reaches the log, at whatever level', async () => {
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, payload, headers })
  const signedIn = await post('/v1/sessions', { email: cast.ada.email, password: PASSWORD })
  const { token } = cookieOf(signedIn)
  const headers = pageHeaders(token)
  await app.inject({ url: '/v1/session', headers })
  await post('/v1/sessions', { email: cast.ada.email, password: 'wrong secret words' })
  await post('/v1/sessions', { email: cast.ada.email, password: 'malformed secret words', more: 1 })
  await post(
    `/v1/organizations/${cast.acme.id}/email-changes`,
    { email: 'new@acme.test', password: PASSWORD },
    headers,
  )
  const [mail] = await readMails(database.admin)
  const secret = mail?.secret ?? ''
  await post('/v1/email-verifications/completion', { secret })
  await post('/v1/email-changes/completion', { secret })
  const keys = `/v1/organizations/${cast.acme.id}/api-keys`
  const made = (await post(keys, { scopes: ['events:write'] }, headers)).json()
  const rotated = (await post(`${keys}/${made.id}/rotation`, {}, headers)).json()
  await post(
    `/v1/organizations/${cast.acme.id}/events`,
    { events: [] },
    { authorization: `Bearer ${made.key}`, 'idempotency-key': 'a key that may be guessed' },
  )
  expect(rotated.key).toMatch(/^tny_/)
  // Even where the server fails, of which it writes down all that it knows.
  await database.admin.query('ALTER TABLE sessions RENAME TO sessions_gone')
  const failed = await post('/v1/sessions', { email: 'new@acme.test', password: PASSWORD })
  expect(failed.statusCode).toBe(500)
  await database.admin.query('ALTER TABLE sessions_gone RENAME TO sessions')

  expect(log).toContain('/v1/email-changes/completion')
  expect(log).toContain('the request failed by a bug')
  expect(secret).toMatch(/^[0-9a-f-]{36}\.[\w-]{43}$/)
  for (const hidden of [
    PASSWORD,
    'wrong secret',
    'malformed secret',
    token,
    secret.slice(37),
    '$argon2id$',
    made.key,
    rotated.key,
  ])
    expect(log).not.toContain(hidden)
})
