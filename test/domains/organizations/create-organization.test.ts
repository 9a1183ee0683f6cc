import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import {
  createOrganization,
  createUser,
  limitsOfPlan,
  type NewOrganization,
} from '../../../src/domains/organizations/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
afterAll(() => database?.drop())

const INITECH: NewOrganization = { name: 'Initech', subdomain: 'initech', ownerEmail: 'peter@initech.test' }

const create = (input: Partial<NewOrganization>) =>
  inRole(database.pool, 'tenantry_admin', tx => createOrganization(tx, { ...INITECH, ...input }))

const count = async (table: 'organizations' | 'users' | 'activity_logs') =>
  (await database.admin.query(`SELECT count(*)::integer AS rows FROM ${table}`)).rows[0].rows

test('an organization comes with its owner, the limits of its plan and a record of both', async () => {
  const { id, ownerId } = await create({ plan: 'starter', timeZone: 'Europe/Berlin' })
  const { rows } = await database.admin.query('SELECT * FROM organizations WHERE id = $1', [id])
  expect(rows[0]).toMatchObject({
    name: 'Initech',
    subdomain: 'initech',
    plan: 'starter',
    plan_status: 'active',
    time_zone: 'Europe/Berlin',
    max_users: 5,
    max_agents: 5,
    max_messages: 10_000,
    max_storage: 1_073_741_824,
  })
  const users = await database.admin.query('SELECT * FROM users WHERE organization_id = $1', [id])
  expect(users.rows).toMatchObject([{ id: ownerId, email: 'peter@initech.test', organization_role: 'owner' }])
  const logs = await database.admin.query(
    'SELECT * FROM activity_logs WHERE organization_id = $1 ORDER BY action_type',
    [id],
  )
  expect(logs.rows).toMatchObject([
    {
      actor_name: 'Operator',
      user_id: null,
      action_type: 'organization.created',
      resource_type: 'organization',
      resource_id: id,
      resource_name: 'Initech',
      metadata: { plan: 'starter' },
    },
    { action_type: 'user.created', resource_type: 'user', resource_id: ownerId, metadata: { role: 'owner' } },
  ])
})

test.each([
  ['free', [1, 1, 1_000, 104_857_600]],
  ['starter', [5, 5, 10_000, 1_073_741_824]],
  ['pro', [25, 25, 100_000, 10_737_418_240]],
  ['enterprise', [null, null, null, null]],
  ['a-plan-of-the-host', [null, null, null, null]],
  ['constructor', [null, null, null, null]],
])('plan %s has the limits %j', (plan, limits) => {
  expect(Object.values(limitsOfPlan(plan))).toEqual(limits)
})

test('without a plan and a time zone it is free and in UTC', async () => {
  const { id } = await create({ subdomain: 'quiet', ownerEmail: 'milton@initech.test' })
  const { rows } = await database.admin.query(
    'SELECT plan, time_zone, max_users FROM organizations WHERE id = $1',
    [id],
  )
  expect(rows).toEqual([{ plan: 'free', time_zone: 'UTC', max_users: 1 }])
})

test('a subdomain that is taken is refused, in whatever letter case, and nothing is left behind', async () => {
  const before = [await count('organizations'), await count('users'), await count('activity_logs')]
  await expect(create({ subdomain: 'Acme', ownerEmail: 'new@initech.test' })).rejects.toMatchObject({
    code: 'organizations.subdomain_taken',
    kind: 'conflict',
  })
  expect([await count('organizations'), await count('users'), await count('activity_logs')]).toEqual(before)
})

test("an owner's e-mail that is somebody's is refused, and the organization is not made either", async () => {
  const before = await count('organizations')
  await expect(create({ subdomain: 'other', ownerEmail: 'ADA@acme.test' })).rejects.toMatchObject({
    code: 'organizations.email_taken',
    message: expect.stringContaining('Use another address'),
  })
  expect(await count('organizations')).toBe(before)
})

test('of two organizations that want one subdomain at the same time one gets it', async () => {
  const outcomes = await Promise.allSettled(
    [1, 2].map(n => create({ subdomain: 'contested', ownerEmail: `racer${n}@initech.test` })),
  )
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'organizations.subdomain_taken' },
  })
})

test.each([
  ['an empty name', { name: ' ' }, 'organizations.invalid'],
  ['a name that is too long', { name: 'x'.repeat(256) }, 'organizations.invalid'],
  ['a subdomain with a dot', { subdomain: 'a.b' }, 'organizations.invalid'],
  ['a subdomain that ends in a hyphen', { subdomain: 'a-' }, 'organizations.invalid'],
  ['a subdomain that is too long', { subdomain: 'a'.repeat(64) }, 'organizations.invalid'],
  ['a plan that is no name', { plan: 'Gold Plan' }, 'organizations.invalid'],
  ['a time zone that is not there', { timeZone: 'Mars/Olympus' }, 'organizations.invalid'],
  ['an e-mail without @', { ownerEmail: 'ada' }, 'organizations.email_invalid'],
])('%s is refused before the database is asked', async (_what, input, code) => {
  await expect(create(input)).rejects.toMatchObject({ code, kind: 'invalid' })
})

test('a member is made in the role that is asked for', async () => {
  const { id } = await inTenant(database.pool, cast.acme.id, tx =>
    createUser(tx, { organizationId: cast.acme.id, email: ' grace@acme.test ', role: 'viewer' }),
  )
  const { rows } = await database.admin.query('SELECT email, organization_role FROM users WHERE id = $1', [
    id,
  ])
  expect(rows).toEqual([{ email: 'grace@acme.test', organization_role: 'viewer' }])
})

test('a member beyond what the plan allows is refused with what to do', async () => {
  const { id } = await create({ subdomain: 'small', ownerEmail: 'bill@initech.test', plan: 'free' })
  const second = inTenant(database.pool, id, tx =>
    createUser(tx, { organizationId: id, email: 'second@initech.test', role: 'member' }),
  )
  await expect(second).rejects.toMatchObject({
    code: 'organizations.user_limit_reached',
    kind: 'conflict',
    message: expect.stringContaining('larger plan'),
  })
})

test('a member of an organization that does not exist is refused as such', async () => {
  const organizationId = '00000000-0000-4000-8000-000000000000'
  const attempt = inTenant(database.pool, organizationId, tx =>
    createUser(tx, { organizationId, email: 'nobody@initech.test', role: 'member' }),
  )
  await expect(attempt).rejects.toMatchObject({ code: 'organizations.not_found', kind: 'not_found' })
})

test('a tenant cannot make a member in another organization', async () => {
  const attempt = inTenant(database.pool, cast.acme.id, tx =>
    createUser(tx, { organizationId: cast.globex.id, email: 'spy@acme.test', role: 'owner' }),
  )
  await expect(attempt).rejects.toThrow(/row-level security/)
})
