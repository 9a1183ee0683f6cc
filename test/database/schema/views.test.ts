import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { createTestDatabase } from '../../support/database.ts'

const { admin, pool, drop } = await createTestDatabase()
/** A number of rows of its own for each `row`: the few that have many are what a join multiplies. */
const uneven = (row: string, most: number) =>
  `generate_series(1, floor(random() * random() * ${most})::int + 0 * length(${row}))`
beforeAll(async () => {
  await admin.query(`
    SELECT setseed(0.42);
    INSERT INTO organizations (name, subdomain, max_users, max_agents) SELECT 'o' || n, 'o' || n, NULL, NULL FROM generate_series(1, 30) n;
    INSERT INTO users (organization_id, email, first_name, last_name)
      SELECT o.id, gen_random_uuid() || '@x.test', (ARRAY['Ada', '', NULL])[1 + n % 3], (ARRAY['Lovelace', NULL, '  '])[1 + n / 3 % 3]
      FROM organizations o, ${uneven('o.name', 40)} n WHERE o.name <> 'o1';
    INSERT INTO agents (organization_id, user_id, name) SELECT organization_id, CASE WHEN n < 9 THEN id END, 'a' FROM users, ${uneven('email', 12)} n;
    INSERT INTO conversations (organization_id, user_id) SELECT organization_id, id FROM users, ${uneven('email', 8)} n;
    INSERT INTO activity_logs (organization_id, user_id, actor_name, action_type, created_at)
      SELECT organization_id, CASE WHEN n % 5 > 0 THEN id END, 'x', 'a.b', now() - n * interval '100 days' FROM users, ${uneven('email', 30)} n;
    INSERT INTO activity_logs_archive (organization_id, user_id, actor_name, action_type)
      SELECT organization_id, id, 'x', 'a.b' FROM users, ${uneven('email', 6)} n;
    INSERT INTO subscriptions (organization_id, plan, status, created_at)
      SELECT id, 'pro', CASE n WHEN 2 THEN (ARRAY['active', 'past_due', 'trialing'])[1 + length(name) % 3] ELSE 'canceled' END, now() + n * interval '1 hour'
      FROM organizations, generate_series(1, 3) n WHERE name LIKE '%2%';
    INSERT INTO subscriptions (organization_id, plan, status, created_at)
      SELECT id, 'pro', (ARRAY['canceled', 'incomplete_expired'])[n], now() + n * interval '1 hour' FROM organizations, generate_series(1, 2) n WHERE name LIKE '%3%' AND name NOT LIKE '%2%'`)
})
afterAll(drop)

test('organization_summary equals counts made one by one', async () => {
  const { rows } = await admin.query('SELECT * FROM organization_summary ORDER BY id')
  const { rows: naive } = await admin.query(`
    SELECT o.id, o.name, o.subdomain, o.plan, o.plan_status,
      coalesce((SELECT status FROM subscriptions s WHERE s.organization_id = o.id AND status IN ('active', 'trialing', 'past_due')),
        (SELECT status FROM subscriptions s WHERE s.organization_id = o.id AND created_at = (SELECT max(created_at) FROM subscriptions l WHERE l.organization_id = o.id))) AS subscription_status,
      (SELECT count(DISTINCT id) FROM users WHERE organization_id = o.id) AS user_count,
      (SELECT count(DISTINCT id) FROM agents WHERE organization_id = o.id) AS agent_count,
      (SELECT count(DISTINCT id) FROM conversations WHERE organization_id = o.id) AS conversation_count
    FROM organizations o ORDER BY id`)
  expect(rows).toHaveLength(30)
  expect(rows).toEqual(naive)
  expect(new Set(rows.map(row => row.subscription_status)).size).toBeGreaterThan(3)
})

test('user_activity_summary equals counts made one by one, the archive counted in', async () => {
  const { rows } = await admin.query(
    'SELECT user_id, agents_created, activities_count FROM user_activity_summary ORDER BY user_id',
  )
  const { rows: naive } = await admin.query(`
    SELECT u.id AS user_id, count(DISTINCT a.id) AS agents_created, count(DISTINCT l.id) AS activities_count
    FROM users u LEFT JOIN agents a ON a.user_id = u.id
      LEFT JOIN (SELECT id, user_id FROM activity_logs UNION ALL SELECT id, user_id FROM activity_logs_archive) l ON l.user_id = u.id
    GROUP BY u.id ORDER BY u.id`)
  expect(rows.length).toBeGreaterThan(50)
  expect(rows).toEqual(naive)
})

test('a full name is never missing: one name alone, else the address', async () => {
  const { rows } = await admin.query<{
    first_name: string | null
    last_name: string | null
    email: string
    full_name: string
  }>(
    'SELECT first_name, last_name, u.email, full_name FROM user_activity_summary JOIN users u ON id = user_id',
  )
  for (const { first_name, last_name, email, full_name } of rows) {
    const names = [first_name, last_name].map(name => name?.trim()).filter(Boolean)
    expect(full_name).toBe(names.join(' ') || email)
  }
})

test('an activity that moves to the archive is still counted', async () => {
  const counted = async () =>
    (await admin.query('SELECT user_id, activities_count FROM user_activity_summary ORDER BY 1')).rows
  const before = await counted()
  await inRole(pool, 'tenantry_jobs', tx =>
    tx.client.query(`
      WITH moved AS (DELETE FROM activity_logs WHERE created_at < now() - interval '1 year' RETURNING *)
      INSERT INTO activity_logs_archive SELECT * FROM moved`),
  )
  expect(await counted()).toEqual(before)
})

test('a tenant counts through both views what staff count', async () => {
  const { rows: all } = await admin.query('SELECT * FROM organization_summary')
  for (const row of all.slice(0, 5)) {
    const own = await inTenant(pool, row.id, tx =>
      tx.selectFrom('organization_summary').selectAll().execute(),
    )
    expect(own).toEqual([row])
    const users = await inTenant(pool, row.id, tx =>
      tx.selectFrom('user_activity_summary').select('user_id').execute(),
    )
    expect(users).toHaveLength(row.user_count)
  }
})

test.each(['tenantry_admin', 'tenantry_jobs', 'tenantry_backup'] as const)(
  '%s reads both views whole',
  async role => {
    const { rows: all } = await admin.query(
      'SELECT (SELECT count(*) FROM organizations) AS o, (SELECT count(*) FROM users) AS u',
    )
    const { rows } = await inRole(pool, role, tx =>
      tx.client.query(
        'SELECT (SELECT count(*) FROM organization_summary) AS o, (SELECT count(*) FROM user_activity_summary) AS u',
      ),
    )
    expect(rows).toEqual(all)
  },
)

test('one organization is summed up without reading the others', async () => {
  const { rows } = await admin.query(`SELECT id FROM organizations WHERE name = 'o5'`)
  await admin.query('ANALYZE')
  const { rows: plan } = await admin.query(
    `EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM organization_summary WHERE id = '${rows[0].id}'`,
  )
  const read = (node: { 'Actual Rows': number; 'Actual Loops': number; Plans?: [] }): number =>
    Math.max(node['Actual Rows'] * node['Actual Loops'], ...(node.Plans ?? []).map(read))
  const { rows: largest } = await admin.query(
    'SELECT max(greatest(user_count, agent_count, conversation_count)) AS rows FROM organization_summary',
  )
  expect(read(plan[0]['QUERY PLAN'][0].Plan)).toBeLessThanOrEqual(largest[0].rows)
})
