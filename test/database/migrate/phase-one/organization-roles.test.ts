import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
let lines: string[]
beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  lines = await host.migrate()
})
afterAll(() => host?.drop())

test("a word of ours is taken over, in any case; all others are member; the host's column stays", async () => {
  const { rows } = await host.admin.query('SELECT email, role, organization_role FROM users ORDER BY email')
  expect(rows).toEqual([
    // The earliest user of an organization in which nobody is owner.
    { email: 'ada@acme.test', role: 'editor', organization_role: 'owner' },
    { email: 'al@acme.test', role: 'Viewer', organization_role: 'viewer' },
    { email: 'amy@acme.test', role: 'superuser', organization_role: 'member' },
    // Earlier than the owner of the organization, which has one.
    { email: 'bea@globex.test', role: 'owner', organization_role: 'owner' },
    { email: 'bob@globex.test', role: 'admin', organization_role: 'admin' },
  ])
})

test('what was taken and who became owner is reported', () => {
  expect(lines).toContain('users: 3 took owner, admin or viewer from users.role; all others are member')
  expect(lines).toContain('users: 1 became owner as the earliest user of an organization that had none')
})

test("a trigger of the host's ran in the host's rights when roles were filled", async () => {
  const { rows } = await host.admin.query('SELECT count(*)::int AS changes FROM user_changes')
  expect(rows).toEqual([{ changes: 4 }])
})

test('a role that is changed afterwards is not filled again', async () => {
  await host.admin.query(`UPDATE users SET organization_role = 'member' WHERE email = 'bob@globex.test'`)
  await host.migrate()
  const { rows } = await host.admin.query(
    `SELECT organization_role FROM users WHERE email = 'bob@globex.test'`,
  )
  expect(rows).toEqual([{ organization_role: 'member' }])
})

test('the column takes only our words', async () => {
  const update = host.as('host_app', `UPDATE users SET organization_role = 'god'`)
  await expect(update).rejects.toMatchObject({ constraint: 'users_organization_role_check' })
})
