import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../../src/database/transaction.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  await host.migrate()
})
afterAll(() => host?.drop())

const ACME = 'ac000000-0000-4000-8000-000000000001'
const GLOBEX = '90000000-0000-4000-8000-000000000001'
const ADA = 'ac000000-0000-4000-8000-0000000000a1'
const BOB = '90000000-0000-4000-8000-0000000000a1'

describe('a tenant', () => {
  test.each([
    ['organizations', 'id', 1],
    ['users', 'organization_id', 3],
    ['agents', 'organization_id', 3],
    ['conversations', 'organization_id', 1],
    ['messages', 'organization_id', 1200],
  ])('sees only its own rows of %s', async (table, key, expected) => {
    const { rows } = await inTenant(host.pool, ACME, tx =>
      tx.client.query(`SELECT count(*)::int AS rows, array_agg(DISTINCT ${key}) AS of FROM ${table}`),
    )
    expect(rows).toEqual([{ rows: expected, of: [ACME] }])
  })

  test('sees only its own rows through our views', async () => {
    const rows = await inTenant(host.pool, ACME, tx =>
      tx.selectFrom('user_activity_summary').select('organization_id').distinct().execute(),
    )
    expect(rows).toEqual([{ organization_id: ACME }])
  })

  test("adds a row to a table that counts with a sequence of the host's", async () => {
    const { rows } = await inTenant(host.pool, GLOBEX, tx =>
      tx.client.query(
        `INSERT INTO messages (organization_id, conversation_id, body)
         VALUES ('${GLOBEX}', '90000000-0000-4000-8000-0000000000c1', 'hi') RETURNING id`,
      ),
    )
    expect(rows).toHaveLength(1)
  })

  test('can neither add, change nor delete a row of another', async () => {
    await inTenant(host.pool, ACME, async tx => {
      const changed = await tx.client.query(`UPDATE agents SET prompt = '' WHERE user_id = '${BOB}'`)
      const deleted = await tx.client.query(`DELETE FROM messages WHERE organization_id = '${GLOBEX}'`)
      expect([changed.rowCount, deleted.rowCount]).toEqual([0, 0])
    })
    const insert = inTenant(host.pool, ACME, tx =>
      tx.client.query(
        `INSERT INTO agents (organization_id, user_id, name) VALUES ('${GLOBEX}', '${BOB}', 'Spy')`,
      ),
    )
    await expect(insert).rejects.toThrow('row-level security policy')
  })

  test("cannot refer to another's user from a table of ours", async () => {
    const insert = inTenant(host.pool, ACME, tx =>
      tx.client.query(
        `INSERT INTO notifications (organization_id, user_id, type, category, title, message)
         VALUES ('${ACME}', '${BOB}', 'test', 'system', 'Hello', 'Hello')`,
      ),
    )
    await expect(insert).rejects.toMatchObject({ code: '23503' })
  })

  test('may not change its plan or its limits', async () => {
    const update = inTenant(host.pool, ACME, tx =>
      tx.client.query(`UPDATE organizations SET max_users = 1000 WHERE id = '${ACME}'`),
    )
    await expect(update).rejects.toThrow('permission denied')
  })
})

test('the jobs see every organization, the backup too', async () => {
  for (const role of ['tenantry_jobs', 'tenantry_backup', 'tenantry_admin'] as const) {
    const { rows } = await inRole(host.pool, role, tx =>
      tx.client.query('SELECT count(*)::int AS rows FROM users'),
    )
    expect(rows).toEqual([{ rows: 5 }])
  }
})

test('the login is refused outside a role, on every adopted table', async () => {
  for (const table of ['organizations', 'users', 'agents', 'conversations', 'messages']) {
    await expect(host.pool.query(`SELECT FROM ${table}`)).rejects.toThrow('permission denied')
  }
})

test("a trigger of the host's that needs the host's rights stops our write, as reported", async () => {
  const update = inTenant(host.pool, ACME, tx =>
    tx.client.query(`UPDATE users SET job_title = 'Countess' WHERE id = '${ADA}'`),
  )
  await expect(update).rejects.toThrow('permission denied for table user_changes')
})
