import type pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { createTestDatabase } from '../../support/database.ts'
import { findFaults } from './find-faults.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())

test('the catalog of a migrated database lets no tenant see another', async () => {
  expect(await findFaults(database.admin)).toEqual([])
})

test.each([
  [
    'a table that nobody has listed',
    'CREATE TABLE stray ()',
    [
      'stray has no forced row-level security',
      'stray has no policy',
      'stray is not listed in src/database/tables.ts',
    ],
  ],
  [
    'a policy that the owner escapes',
    'ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY',
    ['invoices has no forced row-level security'],
  ],
  [
    'a second permissive policy, which widens the first',
    'CREATE POLICY helpful ON invoices TO tenantry_tenant USING (true)',
    ['invoices does not compare organization_id in one policy for tenants'],
  ],
  [
    'a policy for everybody',
    'CREATE POLICY helpful ON admin_audit_logs USING (true)',
    ['admin_audit_logs has a policy for tenants'],
  ],
  [
    'a policy that compares something else',
    `
    DROP POLICY tenantry_tenant ON invoices;
    CREATE POLICY tenantry_tenant ON invoices TO tenantry_tenant USING (organization_id IS NOT NULL)`,
    ['invoices does not compare organization_id in one policy for tenants'],
  ],
  [
    'a view that reads as its owner',
    'CREATE VIEW everything AS SELECT * FROM invoices',
    ['the view everything is not security_invoker'],
  ],
  [
    'a partition that a role may read past its table',
    'GRANT SELECT ON analytics_events_2024_01 TO tenantry_tenant',
    ['tenantry_tenant may use the partition analytics_events_2024_01 itself'],
  ],
  [
    'a partition without policies',
    'ALTER TABLE analytics_events_2024_01 DISABLE ROW LEVEL SECURITY',
    ['the partition analytics_events_2024_01 has no forced row-level security'],
  ],
  [
    'a materialized view that tenants may read',
    'GRANT SELECT ON mv_organization_metrics TO tenantry_tenant',
    ['tenantry_tenant may read the materialized view mv_organization_metrics'],
  ],
  [
    'a function that runs as its owner for everybody',
    `
    CREATE FUNCTION open_door() RETURNS bigint LANGUAGE sql SECURITY DEFINER RETURN (SELECT count(*) FROM invoices)`,
    [
      'open_door() runs as its owner for everybody',
      'open_door() runs as its owner without a pinned search_path',
    ],
  ],
])('the catalog test notices %s', async (_, planted, faults) => {
  const found = await rolledBack(async client => {
    await client.query(planted)
    return findFaults(client)
  })
  expect(found).toEqual(faults)
})

test('a partition that has just been made belongs to no role but the owner', async () => {
  await inRole(database.pool, 'tenantry_ingest', tx =>
    tx.client.query(`SELECT ensure_event_partition('2025-07-15 12:00:00+00')`),
  )
  expect(await findFaults(database.admin)).toEqual([])
  const read = inTenant(database.pool, '00000000-0000-4000-8000-000000000000', tx =>
    tx.client.query('SELECT FROM analytics_events_2025_07'),
  )
  await expect(read).rejects.toMatchObject({ code: '42501' })
})

test('the login outside a transaction of ours is refused on every relation', async () => {
  const { rows } = await database.admin.query<{ name: string; kind: string }>(`
    SELECT relname AS name, relkind AS kind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')`)
  expect(rows.length).toBeGreaterThan(35)
  for (const { name, kind } of rows) {
    const writes =
      kind === 'm' ? [] : [`INSERT INTO ${name} DEFAULT VALUES`, `DELETE FROM ${name}`, `TRUNCATE ${name}`]
    for (const statement of [`SELECT FROM ${name}`, ...(kind === 'v' ? [] : writes)]) {
      const attempt = database.pool.query(statement).then(() => `${statement}: allowed`)
      await expect(attempt, statement).rejects.toMatchObject({ code: '42501' })
    }
  }
})

async function rolledBack<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.admin.connect()
  try {
    await client.query('BEGIN')
    return await work(client)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}
