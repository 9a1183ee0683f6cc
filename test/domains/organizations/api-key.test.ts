import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import { createApiKey, findApiKey, revokeApiKey } from '../../../src/domains/organizations/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
afterAll(() => database?.drop())

const NOW = new Date('2026-03-01T12:00:00Z')

const create = (scopes: readonly string[], organizationId = cast.acme.id) =>
  inTenant(database.pool, organizationId, tx => createApiKey(tx, { name: 'Ingest', scopes }))

const revoke = (apiKeyId: string, organizationId = cast.acme.id) =>
  inTenant(database.pool, organizationId, tx => revokeApiKey(tx, { apiKeyId, now: NOW }))

test('a key is tny_ and 43 characters, differs each time, and is stored as its hash alone', async () => {
  const [first, second] = [await create(['events:write']), await create(['events:write'])]
  expect(first.key).toMatch(/^tny_[A-Za-z0-9_-]{43}$/)
  expect(first.key).not.toBe(second.key)
  const { rows } = await database.admin.query('SELECT * FROM api_keys WHERE id = $1', [first.id])
  expect(rows[0]).toMatchObject({
    organization_id: cast.acme.id,
    name: 'Ingest',
    key_prefix: first.key.slice(0, 12),
    key_hash: createHash('sha256').update(first.key).digest('hex'),
    scopes: ['events:write'],
    last_used_at: null,
    revoked_at: null,
  })
  expect(JSON.stringify(rows)).not.toContain(first.key)
})

test('making and revoking a key is recorded, without the key', async () => {
  const { id, key } = await create(['metrics:read'])
  await revoke(id)
  await revoke(id) // once more is no error, and nothing happens
  const { rows } = await database.admin.query(
    'SELECT * FROM activity_logs WHERE resource_id = $1 ORDER BY created_at',
    [id],
  )
  expect(rows).toMatchObject([
    { action_type: 'api_key.created', resource_name: 'Ingest', metadata: { scopes: ['metrics:read'] } },
    { action_type: 'api_key.revoked', resource_name: 'Ingest' },
  ])
  expect(JSON.stringify(rows)).not.toContain(key)
})

test('a key is found by the login that may read no table, with what it opens', async () => {
  const { id, key } = await create(['events:write', 'metrics:read', 'events:write'])
  expect(await findApiKey(database.pool, key)).toEqual({
    apiKeyId: id,
    organizationId: cast.acme.id,
    scopes: ['events:write', 'metrics:read'],
  })
  await expect(database.pool.query('SELECT * FROM api_keys')).rejects.toThrow(/permission denied/)
})

test('what is no key, unknown or revoked is not found', async () => {
  const { id, key } = await create(['events:write'])
  await revoke(id)
  for (const text of ['', 'tny_', key.slice(0, -1), `${key}A`, `tny_${'A'.repeat(43)}`, key])
    expect(await findApiKey(database.pool, text)).toBeUndefined()
})

test('many look-ups at once each get the answer to their own key', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => create(['events:write'])))
  const wanted = made.flatMap(({ id, key }) => [
    { key, id },
    { key: `tny_${'B'.repeat(43)}`, id: undefined },
    { key, id },
  ])
  const found = await Promise.all(wanted.map(({ key }) => findApiKey(database.pool, key)))
  expect(found.map(identity => identity?.apiKeyId)).toEqual(wanted.map(({ id }) => id))
})

test('a key is refused as soon as it is revoked, also behind a look-up that is still waiting', async () => {
  const { id, key } = await create(['events:write'])
  const blocker = await database.admin.connect()
  try {
    await blocker.query('BEGIN')
    await blocker.query('LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE')
    await blocker.query('UPDATE api_keys SET revoked_at = now() WHERE id = $1', [id])
    const before = findApiKey(database.pool, key)
    await new Promise(setImmediate)
    const behind = findApiKey(database.pool, key)
    await blocker.query('COMMIT')
    await before
    expect(await behind).toBeUndefined()
  } finally {
    blocker.release()
  }
})

test('of a key that is revoked twice at once the revocation is recorded once', async () => {
  const { id } = await create(['events:write'])
  await Promise.all([revoke(id), revoke(id), revoke(id)])
  const { rows } = await database.admin.query(
    "SELECT 1 FROM activity_logs WHERE resource_id = $1 AND action_type = 'api_key.revoked'",
    [id],
  )
  expect(rows).toHaveLength(1)
})

test("another organization's key cannot be revoked: it is not there", async () => {
  const { id, key } = await create(['events:write'])
  await expect(revoke(id, cast.globex.id)).rejects.toMatchObject({
    code: 'organizations.api_key_not_found',
    kind: 'not_found',
  })
  expect(await findApiKey(database.pool, key)).toBeDefined()
})

test.each([
  [['events:erase'], 'organizations.scope_unknown'],
  [[], 'organizations.scopes_missing'],
])('a key with the scopes %j is refused', async (scopes, code) => {
  await expect(create(scopes)).rejects.toMatchObject({ code, kind: 'invalid' })
})

test('a key of an organization that does not exist is refused', async () => {
  await expect(create(['events:write'], '00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
    code: 'organizations.not_found',
  })
})

test('nobody but the login may look keys up', async () => {
  const { rows } = await database.admin.query(
    `SELECT has_function_privilege('public', 'find_api_key(text)', 'EXECUTE') AS anybody,
            has_function_privilege('tenantry_tenant', 'find_api_key(text)', 'EXECUTE') AS tenant,
            (SELECT proconfig FROM pg_proc WHERE oid = 'find_api_key(text)'::regprocedure) AS settings`,
  )
  expect(rows).toEqual([{ anybody: false, tenant: false, settings: ['search_path=pg_catalog, pg_temp'] }])
})

test.each(['tenantry_tenant', 'tenantry_admin'] as const)(
  'a key that was revoked opens nothing ever again, though %s says so',
  async role => {
    const { id } = await create(['events:write'])
    await revoke(id)
    for (const value of ['NULL', `now() + interval '1 day'`]) {
      const revive = inTenant(database.pool, cast.acme.id, tx =>
        tx.client.query(
          `SET LOCAL ROLE ${role}; UPDATE api_keys SET revoked_at = ${value} WHERE id = '${id}'`,
        ),
      )
      await expect(revive, value).rejects.toMatchObject({ code: 'TN004' })
    }
  },
)
