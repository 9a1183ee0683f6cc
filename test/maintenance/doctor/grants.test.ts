import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES } from '../../../src/database/roles.ts'
import { TABLES } from '../../../src/database/tables.ts'
import { formatRights, parseRights } from '../../../src/maintenance/doctor/compare-rights.ts'
import { EXPECTED_GRANTS, OWNER_RIGHTS } from '../../../src/maintenance/doctor/expected-grants.ts'
import { grants } from '../../../src/maintenance/doctor/grants.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createHostProduct } from '../../support/host-product.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const examined = async () => (await grants(database)).filter(({ state }) => state !== 'ok')

test('the list names every table, and what a migration grants is what it says', async () => {
  expect(Object.keys(EXPECTED_GRANTS)).toEqual(expect.arrayContaining(TABLES.map(({ name }) => name)))
  const { rows } = await database.admin.query<{ relation: string; role: string; rights: string[] }>(`
    SELECT CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END || relname AS relation, rolname AS role,
      array_agg(granted) AS rights
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace CROSS JOIN LATERAL (
      SELECT grantee, privilege_type AS granted FROM aclexplode(relacl)
      UNION ALL
      SELECT grantee, privilege_type || ' (' || attname || ')'
      FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) WHERE attrelid = pg_class.oid
    ) AS acl LEFT JOIN pg_roles ON pg_roles.oid = grantee
    WHERE nspname IN ('public', 'graphile_worker') AND relkind IN ('r', 'p', 'v', 'm')
      AND rolname IS DISTINCT FROM 'tenantry_owner'
    GROUP BY 1, 2`)
  const sorted = (lines: string[]) => lines.sort()
  expect(sorted(rows.map(row => `${row.relation} ${row.role}: ${formatRights(row.rights)}`))).toEqual(
    sorted(
      Object.entries(EXPECTED_GRANTS).flatMap(([relation, roles]) =>
        Object.entries(roles).map(
          ([role, rights]) => `${relation} ${role}: ${formatRights(parseRights(rights))}`,
        ),
      ),
    ),
  )
  expect(await examined()).toEqual([])
})

describe('a right that is', () => {
  test.each([
    [
      'taken from a table',
      'REVOKE INSERT ON analytics_events FROM tenantry_ingest',
      'tenantry_ingest may not INSERT analytics_events, and works with it',
      ['GRANT INSERT ON analytics_events TO tenantry_ingest;'],
    ],
    [
      'taken from a column',
      'REVOKE SELECT (id) ON analytics_events FROM tenantry_ingest',
      'tenantry_ingest may not SELECT (id) analytics_events, and works with it',
      ['GRANT SELECT (id) ON analytics_events TO tenantry_ingest;'],
    ],
    [
      'taken from a view',
      'REVOKE SELECT ON mv_organization_metrics FROM tenantry_admin',
      'tenantry_admin may not SELECT mv_organization_metrics, and works with it',
      ['GRANT SELECT ON mv_organization_metrics TO tenantry_admin;'],
    ],
    [
      'taken from the queue',
      'REVOKE UPDATE ON graphile_worker._private_jobs FROM tenantry_jobs',
      'tenantry_jobs may not UPDATE graphile_worker._private_jobs, and works with it',
      ['GRANT UPDATE ON graphile_worker._private_jobs TO tenantry_jobs;'],
    ],
    [
      'taken from the owner',
      'REVOKE SELECT ON users FROM tenantry_owner',
      'tenantry_owner may not SELECT users, and works with it',
      ['GRANT SELECT ON users TO tenantry_owner;'],
    ],
    [
      'too much on a table',
      'GRANT DELETE ON analytics_events TO tenantry_tenant',
      'tenantry_tenant may DELETE analytics_events',
      ['REVOKE DELETE ON analytics_events FROM tenantry_tenant;'],
    ],
    [
      'too much on a column',
      'GRANT UPDATE (plan, max_users) ON organizations TO tenantry_tenant',
      'tenantry_tenant may UPDATE (max_users, plan) organizations',
      ['REVOKE UPDATE (max_users, plan) ON organizations FROM tenantry_tenant;'],
    ],
    [
      'on the whole table instead of a few columns',
      'GRANT UPDATE ON organizations TO tenantry_tenant',
      'tenantry_tenant may UPDATE organizations',
      [
        'REVOKE UPDATE ON organizations FROM tenantry_tenant;',
        'GRANT UPDATE (name, subdomain, time_zone) ON organizations TO tenantry_tenant;',
      ],
    ],
    [
      'given to a role that has none there',
      'GRANT SELECT ON invoices TO tenantry_ingest',
      'tenantry_ingest may SELECT invoices',
      ['REVOKE SELECT ON invoices FROM tenantry_ingest;'],
    ],
    [
      "everybody's",
      'GRANT SELECT (email) ON users TO PUBLIC',
      'PUBLIC may SELECT (email) users',
      ['REVOKE SELECT (email) ON users FROM PUBLIC;'],
    ],
  ])('%s is found, and nothing is left to find after the SQL', async (_, plant, message, sql) => {
    await database.admin.query(plant)
    const found = await examined()
    for (const statement of found.flatMap(finding => finding.sql ?? [])) await database.admin.query(statement)
    expect(found).toEqual([{ state: 'failed', message, remedy: 'let an administrator run the SQL', sql }])
    expect(await examined()).toEqual([])
  })
})

test("the tables of a host product have the same rights, and a host's own roles are its own", async () => {
  const host = await createHostProduct('host-phase-one.sql')
  const complaints = async () => (await grants(host)).filter(({ state }) => state !== 'ok')
  try {
    await host.migrate()
    expect(await complaints()).toEqual([])
    await host.admin.query(`
      GRANT TRUNCATE ON messages TO tenantry_tenant, ${host.role('host_app')};
      REVOKE UPDATE ON users FROM tenantry_jobs;
      REVOKE INSERT ON agents FROM tenantry_owner CASCADE`)
    const found = await complaints()
    expect(found.map(({ state, message, sql }) => [state, message, sql])).toEqual([
      [
        'failed',
        'tenantry_jobs may not UPDATE users, and works with it',
        ['GRANT UPDATE ON users TO tenantry_jobs;'],
      ],
      [
        'failed',
        'tenantry_owner may not INSERT agents, and works with it',
        ['GRANT INSERT ON agents TO tenantry_owner WITH GRANT OPTION;'],
      ],
      [
        'failed',
        'tenantry_tenant may TRUNCATE messages',
        ['REVOKE TRUNCATE ON messages FROM tenantry_tenant;'],
      ],
    ])
    for (const statement of found.flatMap(finding => finding.sql ?? [])) await host.admin.query(statement)
    expect(await complaints()).toEqual([])
  } finally {
    await host.drop()
  }
})

test('the list covers every role', () => {
  const named = new Set(Object.values(EXPECTED_GRANTS).flatMap(roles => Object.keys(roles)))
  expect([...named, 'tenantry_owner'].sort()).toEqual([...ROLES].sort())
  expect([...parseRights(OWNER_RIGHTS)]).toContain('SELECT')
})
