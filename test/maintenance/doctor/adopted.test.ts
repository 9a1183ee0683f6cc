import { afterAll, beforeAll, expect, test } from 'vitest'
import { examine } from '../../../src/maintenance/doctor/examine.ts'
import { createHostProduct, type HostProduct } from '../../support/host-product.ts'

let host: HostProduct
beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  await host.migrate()
})
afterAll(() => host.drop())

/** The server is made for tests, and no worker runs. */
async function complaints() {
  const examined = await examine(host)
  return examined.filter(({ state, check }) => state !== 'ok' && check !== 'server' && check !== 'worker')
}

test('nothing has failed on the tables of a host product, whose own roles are not bound', async () => {
  expect((await complaints()).filter(({ state }) => state === 'failed')).toEqual([])
})

test('a role that was granted a table after its adoption is named, with what to do', async () => {
  await host.admin.query(`GRANT SELECT ON agents TO ${host.role('host_stranger')}`)
  expect(await complaints()).toContainEqual({
    check: 'adopted tables',
    state: 'warning',
    message: `${host.role('host_stranger')} may use agents by a grant, and no policy shows its rows`,
    remedy: 'run `tenantry migrate`, which names the role in the policy tenantry_host',
  })
  expect(await host.migrate()).toEqual([
    expect.stringMatching(/^agents: ALTER POLICY tenantry_host ON public.agents TO /),
  ])
  expect((await complaints()).filter(({ check }) => check === 'adopted tables')).toEqual([])
})

test('a partition of the host that is open past the policies fails, a view that is open is said', async () => {
  await host.admin.query(
    'CREATE TABLE old_messages () INHERITS (messages); GRANT SELECT ON old_messages, user_names TO PUBLIC',
  )
  expect(await complaints()).toEqual([
    {
      check: 'adopted tables',
      state: 'failed',
      message: 'PUBLIC may use old_messages, past the policies of messages whose rows it holds',
      remedy: 'let its owner run the SQL, and grant to the roles that need it',
      sql: ['REVOKE ALL ON old_messages FROM PUBLIC;'],
    },
    expect.objectContaining({
      check: 'adopted tables',
      state: 'warning',
      sql: ['REVOKE ALL ON user_names FROM PUBLIC;'],
    }),
  ])
  await host.admin.query('REVOKE SELECT ON old_messages, user_names FROM PUBLIC')
  expect(await complaints()).toEqual([])
})

test('what is open to everybody there is said, but is for the host to decide', async () => {
  await host.admin.query('GRANT SELECT ON users TO PUBLIC')
  expect(await complaints()).toContainEqual(
    expect.objectContaining({
      check: 'grants',
      state: 'warning',
      message: 'PUBLIC may SELECT users, a table of the host product',
    }),
  )
})

test('a table of the host without row-level security fails', async () => {
  await host.admin.query('ALTER TABLE users DISABLE ROW LEVEL SECURITY')
  const complaint = (await complaints()).find(({ state }) => state === 'failed')
  expect(complaint).toMatchObject({
    message: 'row-level security is not enabled on users',
    sql: ['ALTER TABLE users ENABLE ROW LEVEL SECURITY;'],
  })
})
