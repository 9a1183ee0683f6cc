import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import { registerAgent } from '../../../src/domains/agents/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
beforeEach(() => database.admin.query('UPDATE organizations SET max_agents = NULL'))
afterAll(() => database?.drop())

const register = (id: string, name = 'Helper', isActive = true, organizationId = cast.acme.id) =>
  inTenant(database.pool, organizationId, tx => registerAgent(tx, { id, name, isActive }))

async function agent(id: string) {
  const { rows } = await database.admin.query(
    'SELECT organization_id, name, is_active, user_id FROM agents WHERE id = $1',
    [id],
  )
  return rows[0]
}

async function activities(id: string): Promise<string[]> {
  const { rows } = await database.admin.query<{ action_type: string }>(
    'SELECT action_type FROM activity_logs WHERE resource_id = $1 ORDER BY created_at',
    [id],
  )
  return rows.map(row => row.action_type)
}

const limitTo = (most: number) =>
  database.admin.query('UPDATE organizations SET max_agents = $1 WHERE id = $2', [most, cast.acme.id])

async function activeAgents(): Promise<number> {
  const { rows } = await database.admin.query<{ count: number }>(
    'SELECT count(*) FROM agents WHERE organization_id = $1 AND is_active',
    [cast.acme.id],
  )
  return rows[0]?.count ?? Number.NaN
}

test('an agent is made once, then changed, and the same again changes nothing', async () => {
  const id = randomUUID()
  expect(await register(id)).toEqual({ id, name: 'Helper', isActive: true, isNew: true })
  expect(await register(id)).toEqual({ id, name: 'Helper', isActive: true, isNew: false })
  expect(await register(id.toUpperCase(), 'Hélper 😀', false)).toMatchObject({ id, isNew: false })
  expect(await agent(id)).toEqual({
    organization_id: cast.acme.id,
    name: 'Hélper 😀',
    is_active: false,
    user_id: null,
  })
  expect(await activities(id)).toEqual(['agent.registered', 'agent.updated'])
})

test('ten requests for one new agent at once make one', async () => {
  const id = randomUUID()
  const answers = await Promise.all(Array.from({ length: 10 }, () => register(id)))
  expect(answers.filter(({ isNew }) => isNew).length).toBe(1)
  expect(await activities(id)).toEqual(['agent.registered'])
})

test('the id of another organization is not to be had, and that one keeps its agent', async () => {
  const { id, name } = cast.globex.agent
  const refusal = register(id, 'Taken over')
  await expect(refusal).rejects.toMatchObject({ code: 'agents.id_unavailable', kind: 'conflict' })
  await expect(refusal).rejects.not.toThrow(/globex|organization [0-9a-f]{8}|belongs/i)
  expect(await agent(id)).toMatchObject({ organization_id: cast.globex.id, name })
})

test.each(['', '   ', 'a\0b', 'a\nb', 'x'.repeat(256)])('%j is no name', async name => {
  await expect(register(randomUUID(), name)).rejects.toMatchObject({ code: 'agents.name_invalid' })
})

describe('the limit of the plan', () => {
  test('holds for active agents, and says what to do', async () => {
    await limitTo(await activeAgents())
    const id = randomUUID()
    await expect(register(id)).rejects.toMatchObject({
      code: 'agents.limit_reached',
      message: expect.stringContaining('"is_active": false'),
    })
    expect(await agent(id)).toBeUndefined()
    expect(await activities(id)).toEqual([])
  })

  test('lets inactive ones in, but not activate them', async () => {
    await limitTo(await activeAgents())
    const id = randomUUID()
    expect(await register(id, 'Sleeper', false)).toMatchObject({ isNew: true, isActive: false })
    await expect(register(id, 'Sleeper', true)).rejects.toMatchObject({ code: 'agents.limit_reached' })
    expect(await register(id, 'Dreamer', false)).toMatchObject({ name: 'Dreamer' })
    expect(await agent(id)).toMatchObject({ name: 'Dreamer', is_active: false })
  })

  test('lets an active one be renamed', async () => {
    await limitTo(await activeAgents())
    await register(cast.acme.agent.id, 'Renamed')
    expect(await agent(cast.acme.agent.id)).toMatchObject({ name: 'Renamed', is_active: true })
  })

  test('is never passed, however many arrive at once', async () => {
    const before = await activeAgents()
    await limitTo(before + 3)
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => register(randomUUID())))
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBe(3)
    expect(await activeAgents()).toBe(before + 3)
  })
})

describe("a host's table", () => {
  test('that demands a user gets the owner', async () => {
    await database.admin.query(
      `INSERT INTO users (id, organization_id, email, organization_role) VALUES ('00000000-0000-4000-8000-000000000001', $1, 'first@acme.test', 'member')`,
      [cast.acme.id],
    )
    await database.admin.query('UPDATE agents SET user_id = $1 WHERE user_id IS NULL', [cast.ada.id])
    await database.admin.query('ALTER TABLE agents ALTER COLUMN user_id SET NOT NULL')
    try {
      const id = randomUUID()
      await register(id)
      expect(await agent(id)).toMatchObject({ user_id: cast.ada.id })
    } finally {
      await database.admin.query('ALTER TABLE agents ALTER COLUMN user_id DROP NOT NULL')
    }
  })

  test('that demands what is not known is named in the refusal', async () => {
    await database.admin.query(`ALTER TABLE agents ADD COLUMN prompt text NOT NULL DEFAULT ''`)
    await database.admin.query('ALTER TABLE agents ALTER COLUMN prompt DROP DEFAULT')
    try {
      await expect(register(randomUUID())).rejects.toMatchObject({
        code: 'agents.column_required',
        message: expect.stringContaining('"prompt"'),
      })
      await expect(register(cast.acme.agent.id, 'Still changed')).resolves.toMatchObject({ isNew: false })
    } finally {
      await database.admin.query('ALTER TABLE agents DROP COLUMN prompt')
    }
  })
})
