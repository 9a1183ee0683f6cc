import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'
import { givePassword, openSession } from '../../../support/session.ts'

let database: TestDatabase
let cast: Cast
let app: App
let headers: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  app = await buildTestServer(database)
  headers = (await openSession(database, cast.acme)).headers
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const url = () => `/v1/organizations/${cast.acme.id}/profile`
const read = async () => (await app.inject({ url: url(), headers })).json()
const patch = (payload: object) => app.inject({ method: 'PATCH', url: url(), headers, payload })

test('what is given changes, what is left out stays, and null takes away', async () => {
  await database.admin.query(`UPDATE users SET preferences = '{"theirs": {"kept": null}}' WHERE id = $1`, [
    cast.ada.id,
  ])
  const first = await patch({
    job_title: '  Countess ',
    avatar_url: 'https://pictures.test/ada.png',
    locale: 'de-at',
    time_zone: 'Europe/Vienna',
    theme: 'dark',
  })
  expect([first.statusCode, first.json()]).toEqual([
    200,
    {
      id: cast.ada.id,
      email: cast.ada.email,
      email_verified: true,
      first_name: 'Ada',
      last_name: 'Lovelace',
      job_title: 'Countess',
      avatar_url: 'https://pictures.test/ada.png',
      locale: 'de-AT',
      time_zone: 'Europe/Vienna',
      theme: 'dark',
    },
  ])
  expect(await read()).toEqual(first.json())
  const second = await patch({ locale: null, job_title: null, last_name: 'King' })
  expect(second.json()).toEqual({ ...first.json(), locale: null, job_title: null, last_name: 'King' })
  const { rows } = await database.admin.query('SELECT preferences FROM users WHERE id = $1', [cast.ada.id])
  expect(rows[0].preferences).toEqual({
    theirs: { kept: null },
    theme: 'dark',
    time_zone: 'Europe/Vienna',
  })
})

test('a change is recorded by the names of its fields, an empty one not at all', async () => {
  const changes = async () =>
    (
      await database.admin.query(
        "SELECT metadata FROM activity_logs WHERE action_type = 'user.profile_changed' ORDER BY created_at",
      )
    ).rows
  const before = (await changes()).length
  await patch({ first_name: 'Augusta' })
  await patch({})
  expect((await changes()).slice(before)).toEqual([{ metadata: { fields: ['firstName'] } }])
})

test.each([
  [
    'a picture that is not https',
    { avatar_url: 'http://pictures.test/ada.png' },
    'organizations.profile_invalid',
  ],
  ['a picture that is a script', { avatar_url: 'javascript:alert(1)' }, 'organizations.profile_invalid'],
  ['a time zone that is not there', { time_zone: 'Mars/Olympus' }, 'organizations.invalid'],
  ['a locale that is none', { locale: 'english!' }, 'organizations.profile_invalid'],
  ['a name of two lines', { first_name: 'Ada\nBcc: all' }, 'organizations.profile_invalid'],
  ['a theme that is not there', { theme: 'pink' }, 'request.invalid'],
  ['a role of their own choice', { organization_role: 'owner' }, 'request.invalid'],
  ['an address past its verification', { email: 'other@acme.test' }, 'request.invalid'],
])('%s is refused with what to do', async (_what, payload, code) => {
  const before = await read()
  const answer = await patch(payload)
  expect([answer.statusCode, answer.json().code]).toEqual([400, code])
  expect(await read()).toEqual(before)
})
