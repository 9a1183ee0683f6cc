import { afterAll, beforeAll, expect, test } from 'vitest'
import { enforceLimits } from '../../../../src/database/migrate/index.ts'
import { LIMITS, PLAN_LIMITS } from '../../../../src/database/migrate/phase-one/phase-one-tables.ts'
import { inRole } from '../../../../src/database/transaction.ts'
import { limitsOfPlan } from '../../../../src/domains/organizations/plan.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
let lines: string[]
beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  // A host may spell the plans in its own way.
  await host.admin.query("UPDATE organizations SET plan = 'Pro' WHERE subdomain = 'globex'")
  lines = await host.migrate()
})
afterAll(() => host?.drop())

const ACME = 'ac000000-0000-4000-8000-000000000001'
const ADA = 'ac000000-0000-4000-8000-0000000000a1'
const addAgent = (id: string) =>
  `INSERT INTO agents (id, organization_id, user_id, name) VALUES ('${id}', '${ACME}', '${ADA}', 'Another')`
const addUser = (email: string) =>
  `INSERT INTO users (organization_id, email, password_hash) VALUES ('${ACME}', '${email}', 'x')`

test('each organization has the limits of its plan, or what it uses where that is more', async () => {
  const { rows } = await host.admin.query(
    'SELECT subdomain, max_users, max_agents, max_messages, max_storage FROM organizations ORDER BY subdomain',
  )
  const unlimited = { max_users: null, max_agents: null, max_messages: null, max_storage: null }
  expect(rows).toEqual([
    // free, with three users, two active agents and 1,200 messages in a month
    { subdomain: 'acme', max_users: 3, max_agents: 2, max_messages: 1200, max_storage: 104_857_600 },
    { subdomain: 'empty', ...limitsOfPlan('starter') },
    { subdomain: 'globex', ...limitsOfPlan('pro') },
    { subdomain: 'initech', ...unlimited },
    { subdomain: 'umbrella', ...unlimited },
  ])
})

test('what is raised is reported, with the organization', () => {
  expect(lines.filter(line => line.includes('use more than their plan allows'))).toEqual([
    `organizations: 1 use more than their plan allows, and their limit is what they use: ${ACME} (free) max_users 3, max_agents 2, max_messages 1200`,
  ])
})

test('the plans are those of the product', () => {
  for (const [plan, limits] of Object.entries(PLAN_LIMITS)) expect(limitsOfPlan(plan)).toEqual(limits)
  expect(limitsOfPlan('free')).toEqual(LIMITS)
})

test('an organization that the host makes afterwards has the specified limits', async () => {
  const { rows } = await host.as(
    'host_app',
    `INSERT INTO organizations (name, subdomain) VALUES ('Later', 'later') RETURNING max_users, max_agents, max_messages, max_storage::int`,
  )
  expect(rows).toEqual([LIMITS])
})

test("the limits bind Tenantry's roles, and the host's from `limits enforce` on", async () => {
  await host.as('host_app', `${addUser('a@acme.test')}; ${addAgent('ac000000-0000-4000-8000-0000000000b7')}`)
  const ours = (sql: string) => inRole(host.pool, 'tenantry_admin', tx => tx.client.query(sql))
  await expect(ours(addUser('b@acme.test'))).rejects.toMatchObject({ code: 'TN001' })

  const limits = await enforceLimits({ url: host.adminUrl })
  expect(limits).toEqual([
    { table: 'users', changed: true },
    { table: 'agents', changed: true },
  ])
  await expect(host.as('host_app', addUser('c@acme.test'))).rejects.toMatchObject({ code: 'TN001' })
  await expect(host.as('host_app', addAgent('ac000000-0000-4000-8000-0000000000b8'))).rejects.toMatchObject({
    code: 'TN002',
    hint: 'Deactivate another agent, or move to a plan with more.',
  })
  await expect(ours(addUser('d@acme.test'))).rejects.toMatchObject({ code: 'TN001' })
})

test('once enforced, a further run of either leaves it so', async () => {
  await host.migrate()
  expect(await enforceLimits({ url: host.adminUrl })).toEqual([
    { table: 'users', changed: false },
    { table: 'agents', changed: false },
  ])
  const { rows } = await host.admin.query(
    'SELECT table_name FROM adopted_tables WHERE limits_enforced_at IS NOT NULL ORDER BY 1',
  )
  expect(rows.map(row => row.table_name)).toEqual(['agents', 'users'])
})
