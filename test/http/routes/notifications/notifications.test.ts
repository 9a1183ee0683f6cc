import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '../../../../src/database/transaction.ts'
import { notify } from '../../../../src/domains/notifications/index.ts'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'
import { givePassword, openSession } from '../../../support/session.ts'

const NOW = new Date('2026-03-01T12:00:00Z')

let database: TestDatabase
let cast: Cast
let app: App
let ada: { cookie: string; origin: string }
let bob: { cookie: string; origin: string }

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  for (const user of [cast.ada, cast.bob]) await givePassword(database.admin, user)
  app = await buildTestServer(database, { context: { now: () => NOW } })
  ada = (await openSession(database, cast.acme, { now: NOW })).headers
  bob = (await openSession(database, cast.globex, { now: NOW })).headers
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})
beforeEach(() => database.admin.query('DELETE FROM notifications'))

const tell = (title: string, organization = cast.acme) =>
  inTenant(database.pool, organization.id, tx =>
    notify(tx, {
      userId: organization.user.id,
      type: 'agent.stopped',
      category: 'agents',
      title,
      message: 'It failed ten times in a row.',
      link: '/agents',
    }),
  )

const ask = (path = '', options: Omit<InjectOptions, 'url'> = {}, organization = cast.acme) =>
  app.inject({
    url: `/v1/organizations/${organization.id}/notifications${path}`,
    headers: organization === cast.acme ? ada : bob,
    ...options,
  })

test('the inbox is given newest first, with what is unread', async () => {
  await tell('first')
  await tell('second')
  const answer = await ask()
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    data: [
      { title: 'second', is_read: false, read_at: null, link: '/agents', data: null },
      { title: 'first', message: 'It failed ten times in a row.', type: 'agent.stopped', category: 'agents' },
    ],
    unread_count: 2,
    next_cursor: null,
  })
})

test('pages follow one another by their cursor', async () => {
  for (const title of ['a', 'b', 'c']) await tell(title)
  const first = (await ask('?limit=2')).json()
  expect(first.data.map(({ title }: { title: string }) => title)).toEqual(['c', 'b'])
  await tell('d')
  const second = (await ask(`?limit=2&cursor=${first.next_cursor}`)).json()
  expect(second).toMatchObject({ data: [{ title: 'a' }], unread_count: 4, next_cursor: null })
})

test.each(['nonsense', Buffer.from('["2026-03-01","x"]').toString('base64url'), 'bnVsbA', ''])(
  'the cursor %j is refused, and what to do is said',
  async cursor => {
    const answer = await ask(`?cursor=${cursor}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'request.cursor_invalid',
      detail: expect.stringContaining('Leave it out'),
    })
  },
)

test.each(['0', '101', '-1', 'x', '1e2'])('limit=%s is refused', async limit => {
  expect((await ask(`?limit=${limit}`)).statusCode).toBe(400)
})

describe('reading', () => {
  const idOf = async () => (await ask()).json().data[0].id as string

  test('is put and taken back, as often as one likes', async () => {
    await tell('first')
    const path = `/${await idOf()}/reading`
    for (let n = 0; n < 2; n++) expect((await ask(path, { method: 'PUT' })).statusCode).toBe(204)
    expect((await ask('?unread=true')).json()).toMatchObject({ data: [], unread_count: 0 })
    expect((await ask()).json().data[0]).toMatchObject({ is_read: true, read_at: NOW.toISOString() })
    for (let n = 0; n < 2; n++) expect((await ask(path, { method: 'DELETE' })).statusCode).toBe(204)
    expect((await ask('?unread=true')).json()).toMatchObject({ data: [{ read_at: null }], unread_count: 1 })
  })

  test('of all says how many it was', async () => {
    await tell('first')
    await tell('second')
    const answer = await ask('/reading', { method: 'PUT' })
    expect([answer.statusCode, answer.json()]).toEqual([200, { marked: 2 }])
    expect((await ask()).json().unread_count).toBe(0)
  })

  test("of another organization's notification is 404, and changes nothing", async () => {
    await tell('of globex', cast.globex)
    const { id } = (await ask('', {}, cast.globex)).json().data[0]
    for (const method of ['PUT', 'DELETE'] as const) {
      const answer = await ask(`/${id}/reading`, { method })
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'notification.not_found'])
    }
    await ask('/reading', { method: 'PUT' })
    expect((await ask('', {}, cast.globex)).json().unread_count).toBe(1)
  })
})
