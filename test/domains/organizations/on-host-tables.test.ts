import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { createOrganization, createUser } from '../../../src/domains/organizations/index.ts'
import { createHostProduct, type HostProduct } from '../../support/host-product.ts'

let host: HostProduct
beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  await host.admin.query("UPDATE organizations SET plan = 'enterprise'")
  await host.migrate()
})
afterAll(() => host?.drop())

const ACME = 'ac000000-0000-4000-8000-000000000001'
const addUser = (email: string) =>
  inTenant(host.pool, ACME, tx => createUser(tx, { organizationId: ACME, email, role: 'member' }))
const addOrganization = (subdomain: string) =>
  inRole(host.pool, 'tenantry_admin', tx =>
    createOrganization(tx, { name: 'Hooli', subdomain, ownerEmail: `owner@${subdomain}.test` }),
  )

test('a column that only the host can fill is named in the refusal, and nothing is kept', async () => {
  const refusal = {
    code: 'organizations.column_required',
    kind: 'conflict',
    message: expect.stringContaining('The table users of this database demands a value for "password_hash"'),
  }
  await expect(addUser('new@acme.test')).rejects.toMatchObject(refusal)
  await expect(addOrganization('hooli')).rejects.toMatchObject(refusal)
  const { rowCount } = await host.admin.query("SELECT FROM organizations WHERE subdomain = 'hooli'")
  expect(rowCount).toBe(0)
})

test("what a check or a trigger of the host's says is the reason", async () => {
  await host.admin.query(`
    ALTER TABLE organizations ADD CONSTRAINT no_hooli CHECK (subdomain <> 'hooli');
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''not on a Sunday''; END';
    CREATE TRIGGER refuse BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION refuse()`)
  const refused = (reason: string) => ({
    code: 'organizations.refused_by_table',
    message: expect.stringContaining(reason),
  })
  await expect(addOrganization('hooli')).rejects.toMatchObject(refused('no_hooli'))
  await expect(addUser('new@acme.test')).rejects.toMatchObject(refused('not on a Sunday'))
  await host.admin.query('DROP TRIGGER refuse ON users')
})

test('without a key of the host an e-mail is refused to the second one all the same, also at once', async () => {
  await host.admin.query(`
    ALTER TABLE users DROP CONSTRAINT users_email_key; ALTER TABLE users ALTER password_hash DROP NOT NULL`)
  const results = await Promise.allSettled(
    ['twin@acme.test', 'Twin@acme.test', 'twin@ACME.test'].map(email => addUser(email)),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results)
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: 'organizations.email_taken' })
})
