import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '../../../../src/database/transaction.ts'
import { conversationsQuery } from '../../../../src/domains/agents/list-conversations.ts'
import { messagesQuery } from '../../../../src/domains/agents/list-messages.ts'
import { readColumns } from '../../../../src/domains/agents/read-columns.ts'
import type { App } from '../../../../src/http/context.ts'
import { type Cast, insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'
import { buildTestServer } from '../../../support/server.ts'
import { givePassword, openSession } from '../../../support/session.ts'

const ACME = 'ac000000-0000-4000-8000-000000000001'
let database: TestDatabase
let cast: Cast
let app: App
let headers: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  app = await buildTestServer(database)
  await givePassword(database.admin, cast.ada)
  headers = (await openSession(database, cast.acme)).headers
  // Many, so that an index is worth reading; of two organizations, so that there is something to leak.
  for (const { id, agent } of [cast.acme, cast.globex])
    await database.admin.query(
      `INSERT INTO conversations (id, organization_id, agent_id, status, started_at, created_at)
       SELECT gen_random_uuid(), $1, CASE WHEN n % 2 = 0 THEN $2::uuid END, CASE WHEN n % 50 = 0 THEN 'active' ELSE 'closed' END,
         '2026-01-01Z'::timestamptz + n / 3 * interval '1 hour', '2026-01-01Z'::timestamptz + n / 3 * interval '1 hour'
       FROM generate_series(1, 2000) AS n`,
      [id, agent.id],
    )
  await database.admin.query(
    `INSERT INTO messages (organization_id, conversation_id, role, content, tokens, created_at)
     SELECT organization_id, id, 'user', 'Hello ' || n, n, created_at + n * interval '1 second'
     FROM conversations, generate_series(1, 10) AS n`,
  )
  await database.admin.query('VACUUM ANALYZE conversations, messages')
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const get = (path: string, query: Record<string, string> = {}) =>
  app.inject({ url: `/v1/organizations/${ACME}/${path}`, query, headers })

/** Every row of all pages. */
async function all(path: string, query: Record<string, string> = {}) {
  const rows: Record<string, unknown>[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer: { data: typeof rows; next_cursor: string | null } = (
      await get(path, { ...query, limit: '100', ...(cursor && { cursor }) })
    ).json()
    rows.push(...answer.data)
    cursor = answer.next_cursor
  }
  return rows
}

describe('conversations', () => {
  test('are read page by page, newest first, each once', async () => {
    const rows = await all('conversations', { agent_id: cast.acme.agent.id })
    expect(rows).toHaveLength(1000)
    expect(new Set(rows.map(row => row.id)).size).toBe(1000)
    const times = rows.map(row => String(row.started_at))
    expect(times).toEqual([...times].sort().reverse())
    expect(rows[0]).toEqual({
      id: expect.any(String),
      agent_id: cast.acme.agent.id,
      agent_name: cast.acme.agent.name,
      user_id: null,
      user_name: null,
      end_user_id: null,
      title: null,
      status: expect.any(String),
      started_at: '2026-01-28T18:00:00.000Z',
      ended_at: null,
    })
  })

  test('of one status are found by the index on organization and status', async () => {
    expect(await all('conversations', { status: 'active' })).toHaveLength(40)
    const input = { organizationId: ACME, status: 'active', limit: 25 }
    const plan = await explain(async tx => conversationsQuery(await readColumns(tx, 'conversations'), input))
    expect(plan).toContain('idx_conversations_org_status')
  })

  test('of another organization are none', async () => {
    expect(await all('conversations', { agent_id: cast.globex.agent.id })).toEqual([])
  })
})

describe('one conversation', () => {
  test('says with whom it was, about what, and when the last message was written', async () => {
    const { rows } = await database.admin.query(
      `UPDATE conversations SET title = 'Where is it?', user_id = $2, agent_id = $3, status = 'archived'
       WHERE id = (SELECT id FROM conversations WHERE organization_id = $1 AND status = 'closed' LIMIT 1) RETURNING id, started_at`,
      [cast.acme.id, cast.ada.id, cast.acme.agent.id],
    )
    const [{ id, started_at }] = rows
    const answer = await get(`conversations/${id.toUpperCase()}`)
    expect(answer.json()).toEqual({
      id,
      agent_id: cast.acme.agent.id,
      agent_name: cast.acme.agent.name,
      user_id: cast.ada.id,
      user_name: 'Ada Lovelace',
      end_user_id: null,
      title: 'Where is it?',
      status: 'archived',
      started_at: started_at.toISOString(),
      ended_at: null,
      last_message_at: new Date(started_at.getTime() + 10_000).toISOString(),
    })
  })

  test('of another organization is not there', async () => {
    const { rows } = await database.admin.query(
      'SELECT id FROM conversations WHERE organization_id = $1 LIMIT 1',
      [cast.globex.id],
    )
    const answer = await get(`conversations/${rows[0].id}`)
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'agents.conversation_not_found'])
  })
})

describe('messages', () => {
  test('of a conversation are read newest first', async () => {
    const [conversation] = (await get('conversations')).json().data
    const rows = await all(`conversations/${conversation.id}/messages`)
    expect(rows.map(row => row.tokens)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(rows[0]).toMatchObject({ role: 'user', content: 'Hello 10', conversation_id: conversation.id })
  })

  test('of a conversation of another organization are not there', async () => {
    const { rows } = await database.admin.query(
      'SELECT id FROM conversations WHERE organization_id = $1 LIMIT 1',
      [cast.globex.id],
    )
    const answer = await get(`conversations/${rows[0].id}/messages`)
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'agents.conversation_not_found'])
  })

  test('of all are the recent ones, by the index on organization and time', async () => {
    const answer = (await get('messages', { limit: '2' })).json()
    expect(answer.data.map((row: { content: string }) => row.content)).toEqual(['Hello 10', 'Hello 10'])
    const plan = await explain(async tx =>
      messagesQuery(await readColumns(tx, 'messages'), { organizationId: ACME, limit: 25 }),
    )
    expect(plan).toContain('idx_messages_org_created')
  })
})

test('a cursor that no answer gave is refused', async () => {
  for (const parts of [['2026-01-01T00:00:00.000000Z', '5'], ['x', 'y'], ['']]) {
    const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url')
    const answer = await get('conversations', { cursor })
    expect([parts, answer.statusCode]).toEqual([parts, 400])
  }
})

async function explain(
  query: (tx: Parameters<typeof readColumns>[0]) => Promise<{ text: string; values: unknown[] }>,
) {
  return inTenant(database.pool, ACME, async tx => {
    const { text, values } = await query(tx)
    const { rows } = await tx.client.query(`EXPLAIN ${text}`, values)
    return rows.map(row => row['QUERY PLAN']).join('\n')
  })
}

describe('on the tables of a host', () => {
  let host: HostProduct
  afterEach(() => host?.drop())

  test.each([
    ['host-phase-one.sql', 1, 1200, 'open'],
    ['host-phase-one-by-orm.sql', 2, 2, 'archived'],
  ] as const)('of %s what they have is shown', async (file, conversations, messages, status) => {
    host = await createHostProduct(file)
    await host.migrate()
    const [inner, own, former] = [await buildTestServer(host), app, headers]
    try {
      app = inner
      const user = { id: 'ac000000-0000-4000-8000-0000000000a1' }
      await givePassword(host.admin, user)
      headers = (await openSession(host, { id: ACME, user })).headers
      expect(await all('conversations')).toHaveLength(conversations)
      expect(await all('conversations', { status })).toHaveLength(1)
      expect(await all('conversations', { status: 'nonsense' })).toEqual([])
      expect(await all('messages')).toHaveLength(messages)
      const [{ id } = { id: '' }] = await all('conversations', { status })
      expect((await get(`conversations/${id}`)).json()).toMatchObject({ id, status, title: null })
    } finally {
      app = own
      headers = former
      await inner.close()
    }
  })
})
