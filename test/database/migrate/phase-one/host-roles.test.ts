import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  await host.migrate()
})
afterAll(() => host?.drop())

const TABLES = ['organizations', 'users', 'agents', 'conversations', 'messages']
const COUNTS = { organizations: 5, users: 5, agents: 4, conversations: 2, messages: 1201 }

async function counts(role: string, prefix = ''): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of TABLES) {
    const result = await host.as(role, `${prefix} SELECT count(*)::int AS rows FROM ${table}`)
    // Several statements give several results; the last one is the count.
    found[table] = (Array.isArray(result) ? result.at(-1) : result).rows[0].rows
  }
  return found
}

describe('every role that could read all rows still does', () => {
  test.each([
    ['the owner, who is no superuser', 'host_owner'],
    ['a role that writes', 'host_app'],
    ['a role that only reads', 'host_reader'],
    ['a member of a role', 'host_member'],
    ['a member of pg_read_all_data', 'host_backup'],
  ])('%s', async (_, role) => {
    expect(await counts(role)).toEqual(COUNTS)
  })

  test('a member that does not inherit, once it has taken the role', async () => {
    expect(await counts('host_switcher', `SET ROLE ${host.role('host_group')};`)).toEqual(COUNTS)
    await expect(counts('host_switcher')).rejects.toThrow('permission denied')
  })

  test('a role with a grant on two columns, and on those only', async () => {
    const { rows } = await host.as('host_auditor', 'SELECT id, email FROM users')
    expect(rows).toHaveLength(COUNTS.users)
    await expect(host.as('host_auditor', 'SELECT password_hash FROM users')).rejects.toThrow(
      'permission denied',
    )
  })

  test("whoever reads through a view of the host's", async () => {
    expect((await host.as('host_reader', 'SELECT * FROM user_names')).rows).toHaveLength(COUNTS.users)
  })
})

describe('who could write still does', () => {
  test.each(['host_owner', 'host_app'])(
    '%s adds, changes and deletes rows of any organization',
    async role => {
      const { rows } = await host.as(
        role,
        `INSERT INTO organizations (name, subdomain, plan) VALUES ('New', '${role.replace('_', '-')}', 'pro') RETURNING id`,
      )
      const id = rows[0].id
      await host.as(
        role,
        `INSERT INTO users (organization_id, email, password_hash) VALUES ('${id}', '${role}@new.test', 'x')`,
      )
      const changed = await host.as(
        role,
        `UPDATE users SET first_name = 'New' WHERE organization_id = '${id}'`,
      )
      const deleted = await host.as(role, `DELETE FROM organizations WHERE id = '${id}'`)
      expect([changed.rowCount, deleted.rowCount]).toEqual([1, 1])
    },
  )

  test('a role that may only read still may not write', async () => {
    await expect(host.as('host_reader', 'DELETE FROM messages')).rejects.toThrow('permission denied')
  })

  test('the owner still loads in bulk and reads past row-level security, as pg_dump does', async () => {
    const { rows } = await host
      .as('host_owner', `SET row_security = off; SELECT count(*)::int AS rows FROM users`)
      .then(result => (Array.isArray(result) ? result.at(-1) : result))
    expect(rows[0].rows).toBe(COUNTS.users)
    const forced = await host.admin.query(
      'SELECT relname FROM pg_class WHERE relforcerowsecurity AND relname = ANY ($1)',
      [TABLES],
    )
    expect(forced.rows).toEqual([])
  })

  test('another role is refused COPY … FROM, by PostgreSQL, with what to do', async () => {
    await expect(host.as('host_app', 'COPY agents FROM STDIN')).rejects.toMatchObject({
      message: 'COPY FROM not supported with row-level security',
      hint: 'Use INSERT statements instead.',
    })
  })
})

test('reading past row-level security, as pg_dump does, is refused to whoever does not own the table', async () => {
  await expect(host.as('host_backup', 'SET row_security = off; SELECT FROM users')).rejects.toThrow(
    'query would be affected by row-level security policy for table "users"',
  )
})

test('the policy of the host names roles, and never PUBLIC', async () => {
  const { rows } = await host.admin.query<{ tablename: string; roles: string[] }>(
    `SELECT tablename, roles::text[] FROM pg_policies WHERE policyname = 'tenantry_host' ORDER BY 1`,
  )
  expect(rows.map(row => row.tablename)).toEqual([...TABLES].sort())
  for (const { roles } of rows) {
    expect(roles).not.toContain('public')
    expect(roles).not.toContain(host.role('host_stranger'))
    expect(roles).toContain(host.role('host_owner'))
  }
})

test('an index whose operator is not leakproof is still used for the host', async () => {
  const result = await host.as(
    'host_app',
    `SET enable_seqscan = off; EXPLAIN SELECT * FROM conversations WHERE topics @> '{"n": 7}'`,
  )
  const plan = (Array.isArray(result) ? result.at(-1) : result).rows.map(
    (row: object) => Object.values(row)[0],
  )
  expect(plan.join('\n')).toContain('Index Scan on conversations_topics')
})

test('a role that is granted a table afterwards sees no row until `migrate` has named it', async () => {
  await host.as('host_owner', `GRANT SELECT ON users TO ${host.role('host_stranger')}`)
  const count = () => host.as('host_stranger', 'SELECT id FROM users')
  expect((await count()).rows).toEqual([])
  await host.migrate()
  expect((await count()).rows).toHaveLength(COUNTS.users)
})
