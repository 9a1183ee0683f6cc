import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../../src/database/transaction.ts'
import { createOrganization, createUser } from '../../../../src/domains/organizations/index.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
let lines: string[]
beforeAll(async () => {
  host = await createHostProduct('host-phase-one-by-orm.sql')
  lines = await host.migrate()
})
afterAll(() => host?.drop())

const ACME = 'ac000000-0000-4000-8000-000000000001'

test('a limit that the host has is its own matter: kept, without a default or a check of ours', async () => {
  const { rows } = await host.admin.query(`
    SELECT subdomain, max_users, max_agents FROM organizations ORDER BY subdomain`)
  expect(rows).toEqual([
    { subdomain: 'acme', max_users: 7, max_agents: 1 },
    { subdomain: 'globex', max_users: null, max_agents: null },
  ])
  const own = await host.admin.query(`
    SELECT column_default, (SELECT count(*)::int FROM pg_constraint WHERE conname = 'organizations_max_users_check') AS checks
    FROM information_schema.columns WHERE table_name = 'organizations' AND column_name = 'max_users'`)
  expect(own.rows).toEqual([{ column_default: null, checks: 0 }])
})

test("row-level security of the host's goes on governing its roles, and only them", async () => {
  expect((await host.as('host_web', 'SELECT FROM conversations')).rowCount).toBe(1)
  const policies = await host.admin.query(
    `SELECT FROM pg_policies WHERE tablename = 'conversations' AND policyname = 'tenantry_host'`,
  )
  expect(policies.rowCount).toBe(0)
  const { rowCount } = await inTenant(host.pool, ACME, tx => tx.client.query('SELECT FROM conversations'))
  expect(rowCount).toBe(2)
})

test('a key that the host has in another order serves our foreign keys', async () => {
  const { rows } = await host.admin.query(
    `SELECT indexname FROM pg_indexes WHERE tablename = 'agents' ORDER BY 1`,
  )
  expect(rows.map(row => row.indexname)).toEqual([
    'agents_by_organization',
    'agents_pkey',
    'idx_agents_org_active',
  ])
})

test('a partitioned table is indexed as a whole, and shows a tenant its own rows', async () => {
  const { rows } = await host.admin.query(
    `SELECT indisvalid, (SELECT count(*)::int FROM pg_inherits WHERE inhparent = indexrelid) AS parts
     FROM pg_index WHERE indexrelid = 'idx_messages_org_created'::regclass`,
  )
  expect(rows).toEqual([{ indisvalid: true, parts: 2 }])
  const count = (of: string) => inTenant(host.pool, of, tx => tx.client.query('SELECT FROM messages'))
  expect((await count(ACME)).rowCount).toBe(2)
  expect((await count('90000000-0000-4000-8000-000000000001')).rowCount).toBe(0)
})

test('a user without an organization belongs to no tenant, and is nobody’s owner', async () => {
  const { rows } = await host.admin.query(`SELECT organization_role FROM users WHERE organization_id IS NULL`)
  expect(rows).toEqual([{ organization_role: 'member' }])
  expect((await inTenant(host.pool, ACME, tx => tx.client.query('SELECT FROM users'))).rowCount).toBe(2)
})

test('without a time of arrival the smallest id stands for the earliest user', async () => {
  const { rows } = await host.admin.query(
    `SELECT email FROM users WHERE organization_role = 'owner' ORDER BY 1`,
  )
  expect(rows.map(row => row.email)).toEqual(['ada@acme.test', 'bob@globex.test'])
  expect(lines).toContain('users: there is no users.role, so everybody is member')
})

test('our product adds rows where the host fills ids and times itself', async () => {
  const made = await inRole(host.pool, 'tenantry_admin', tx =>
    createOrganization(tx, {
      name: 'Initech',
      subdomain: 'initech',
      ownerEmail: 'bill@initech.test',
      plan: 'pro',
    }),
  )
  const { id } = await inTenant(host.pool, made.id, tx =>
    createUser(tx, { organizationId: made.id, email: 'peter@initech.test', role: 'member' }),
  )
  const { rows } = await host.as(
    'host_web',
    `SELECT email, updated_at IS NOT NULL AS dated FROM users WHERE id = '${id}'`,
  )
  expect(rows).toEqual([{ email: 'peter@initech.test', dated: true }])
})
