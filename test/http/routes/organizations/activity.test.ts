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

/** Four logs of ada, one of a hand that asks a spreadsheet to run it, one of globex; half of them in the archive. */
beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  await givePassword(database.admin, cast.ada)
  for (const [table, days] of [
    ['activity_logs', 1],
    ['activity_logs_archive', 400],
  ] as const)
    await database.admin.query(
      `INSERT INTO ${table} (organization_id, user_id, actor_name, action_type, resource_type, resource_id, metadata, ip_address, created_at)
       SELECT $1, $2, 'Ada', 'agent.registered', 'agent', n::text, '{"a": 1}', '10.0.0.1', now() - make_interval(days => $3, secs => n)
       FROM generate_series(1, 2) AS n`,
      [cast.acme.id, cast.ada.id, days],
    )
  await database.admin.query(
    `INSERT INTO activity_logs_archive (organization_id, actor_name, action_type, created_at)
     VALUES ($1, '=cmd()', 'member.removed', now() - interval '500 days'), ($2, 'Bob', 'agent.registered', now() - interval '500 days')`,
    [cast.acme.id, cast.globex.id],
  )
  app = await buildTestServer(database)
  headers = (await openSession(database, cast.acme)).headers
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const get = (query: Record<string, string> = {}, suffix = '') =>
  app.inject({ url: `/v1/organizations/${cast.acme.id}/activity${suffix}`, query, headers })

test('the live log goes on in the archive, page by page, newest first', async () => {
  const seen: { resource_id: string | null; created_at: string }[] = []
  let cursor: string | null = null
  do {
    const page: { data: typeof seen; next_cursor: string | null } = (
      await get({ limit: '2', ...(cursor === null ? {} : { cursor }) })
    ).json()
    seen.push(...page.data)
    cursor = page.next_cursor
  } while (cursor !== null)
  expect(seen.map(({ resource_id }) => resource_id)).toEqual(['1', '2', '1', '2', null])
  expect(seen.map(({ created_at }) => created_at)).toEqual(
    seen
      .map(({ created_at }) => created_at)
      .toSorted()
      .toReversed(),
  )
  expect(seen[0]).toMatchObject({
    actor_name: 'Ada',
    user_id: cast.ada.id,
    ip_address: '10.0.0.1',
    metadata: { a: 1 },
  })
})

test.each([
  [{ action_type: 'member.removed' }, 1],
  [{ resource_type: 'agent', resource_id: '2' }, 2],
  [{ from: new Date(Date.now() - 30 * 86_400_000).toISOString() }, 2],
  [{ to: new Date(Date.now() - 30 * 86_400_000).toISOString() }, 3],
])('what is asked for narrows both: %j', async (query, count) => {
  const answer = await get(query)
  expect(answer.json().data).toHaveLength(count)
})

test('a time that is none is refused', async () => {
  const answer = await get({ from: '2026-02-31T00:00:00Z' })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'organizations.instant_invalid' })
})

test('the export holds the same, and nothing that a spreadsheet would run', async () => {
  const answer = await get({}, '.csv')
  expect(answer.headers['content-type']).toContain('text/csv')
  const lines = answer.body.trimEnd().split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines[0]).toBe(
    'id,created_at,action_type,actor_name,user_id,resource_type,resource_id,resource_name,ip_address,metadata',
  )
  expect(lines.at(-1)).toContain(",member.removed,'=cmd(),")
})
