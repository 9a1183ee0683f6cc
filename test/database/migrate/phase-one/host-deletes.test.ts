import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

const ACME = 'ac000000-0000-4000-8000-000000000001'
const AL = 'ac000000-0000-4000-8000-0000000000a0'
const AGENT = 'ac000000-0000-4000-8000-0000000000b3'

let host: HostProduct
let client: pg.PoolClient
beforeAll(async () => {
  host = await createHostProduct('host-phase-one.sql')
  await host.migrate()
})
afterAll(() => host?.drop())

// Each test in a transaction that is rolled back.
beforeEach(async () => {
  client = await host.admin.connect()
  await client.query('BEGIN')
})
afterEach(async () => {
  await client.query('ROLLBACK')
  client.release()
})

async function deletes(table: string, id: string): Promise<number | null> {
  await client.query(`SET LOCAL ROLE ${host.role('host_app')}`)
  const { rowCount } = await client.query(`DELETE FROM ${table} WHERE id = $1`, [id])
  await client.query('RESET ROLE')
  return rowCount
}

describe('an organization', () => {
  // The host's own order: its users are referred to by its agents.
  const deletesAgents = () => client.query(`DELETE FROM agents WHERE organization_id = '${ACME}'`)

  test('is deleted as before while Tenantry keeps nothing of it that must stay', async () => {
    await client.query(`
      INSERT INTO notifications (organization_id, user_id, type, category, title, message)
        VALUES ('${ACME}', '${AL}', 'test', 'system', 'Hello', 'Hello');
      INSERT INTO daily_metrics (organization_id, date) VALUES ('${ACME}', '2026-01-01');
      INSERT INTO api_keys (organization_id, name, key_prefix, key_hash, scopes)
        VALUES ('${ACME}', 'Key', 'tny_', repeat('a', 64), '{metrics:read}')`)
    await deletesAgents()
    expect(await deletes('organizations', ACME)).toBe(1)
    const { rows } = await client.query(
      `SELECT (SELECT count(*) FROM notifications)::int + (SELECT count(*) FROM daily_metrics)::int
         + (SELECT count(*) FROM api_keys)::int AS rest`,
    )
    expect(rows).toEqual([{ rest: 0 }])
  })

  test.each([
    [
      'its log',
      'activity_logs',
      `INSERT INTO activity_logs (organization_id, actor_name, action_type) VALUES ('${ACME}', 'Ada', 'user.created')`,
    ],
    [
      'an invoice',
      'invoices',
      `INSERT INTO invoices (organization_id, amount_minor, currency, status) VALUES ('${ACME}', 100, 'EUR', 'open')`,
    ],
    [
      'a subscription',
      'subscriptions',
      `INSERT INTO subscriptions (organization_id, plan, status) VALUES ('${ACME}', 'pro', 'active')`,
    ],
    [
      'its usage',
      'usage_records',
      `INSERT INTO usage_records (organization_id, metric_type, quantity, period_start, period_end, idempotency_key)
       VALUES ('${ACME}', 'messages', 1, '2026-01-01', '2026-02-01', 'k')`,
    ],
  ])('is refused while %s is there, which is never erased with it', async (_, table, insert) => {
    await client.query(insert)
    await deletesAgents()
    await expect(deletes('organizations', ACME)).rejects.toMatchObject({
      // restrict_violation since PostgreSQL 18, foreign_key_violation before.
      code: expect.stringMatching(/^23(001|503)$/),
      constraint: `${table}_organization_id_fkey`,
    })
  })
})

describe('a user', () => {
  test('is deleted as before: personal rows go, what the organization keeps stays without it', async () => {
    await client.query(`
      INSERT INTO notifications (organization_id, user_id, type, category, title, message)
        VALUES ('${ACME}', '${AL}', 'test', 'system', 'Hello', 'Hello');
      INSERT INTO activity_logs (organization_id, user_id, actor_name, action_type)
        VALUES ('${ACME}', '${AL}', 'Al', 'user.created');
      INSERT INTO support_tickets (organization_id, user_id, subject, description, priority, status)
        VALUES ('${ACME}', '${AL}', 'Help', 'Please', 'low', 'open');
      INSERT INTO team_invitations (organization_id, invited_by, email, role, token, expires_at)
        VALUES ('${ACME}', '${AL}', 'new@acme.test', 'member', repeat('b', 64), now() + interval '1 day')`)
    expect(await deletes('users', AL)).toBe(1)
    const { rows } = await client.query(`
      SELECT (SELECT count(*)::int FROM notifications) AS notifications,
        (SELECT count(*)::int FROM activity_logs WHERE user_id IS NULL AND actor_name = 'Al') AS logs,
        (SELECT count(*)::int FROM support_tickets WHERE user_id IS NULL) AS tickets,
        (SELECT count(*)::int FROM team_invitations WHERE invited_by IS NULL) AS invitations`)
    expect(rows).toEqual([{ notifications: 0, logs: 1, tickets: 1, invitations: 1 }])
  })

  test("stays subject to the host's own keys, with the host's own error", async () => {
    await expect(deletes('users', 'ac000000-0000-4000-8000-0000000000a1')).rejects.toMatchObject({
      code: '23503',
      constraint: 'agents_user_id_fkey',
      table: 'agents',
    })
  })

  test('that our rows refer to cannot move to another organization', async () => {
    await client.query(
      `INSERT INTO support_tickets (organization_id, user_id, subject, description, priority, status)
       VALUES ('${ACME}', '${AL}', 'Help', 'Please', 'low', 'open')`,
    )
    const move = client.query(
      `UPDATE users SET organization_id = '90000000-0000-4000-8000-000000000001' WHERE id = '${AL}'`,
    )
    await expect(move).rejects.toMatchObject({ code: '23503', table: 'support_tickets' })
  })
})

test('an agent is deleted as before, with its metrics', async () => {
  await client.query(
    `INSERT INTO agent_metrics (organization_id, agent_id, date) VALUES ('${ACME}', '${AGENT}', '2026-01-01')`,
  )
  expect(await deletes('agents', AGENT)).toBe(1)
  expect((await client.query('SELECT FROM agent_metrics')).rowCount).toBe(0)
})

test('TRUNCATE … CASCADE is refused, as it would empty our tables too', async () => {
  await client.query(`SET LOCAL ROLE ${host.role('host_owner')}`)
  await expect(client.query('TRUNCATE organizations CASCADE')).rejects.toMatchObject({ code: '42501' })
})

describe("what Tenantry's views, policies and keys rest on", () => {
  test.each(['organizations', 'users', 'agents', 'conversations'])('%s is not dropped', async table => {
    // The host's own keys and views are not what stops it.
    await client.query(`
      DROP VIEW user_names; ALTER TABLE messages DROP CONSTRAINT messages_conversation_id_fkey;
      ALTER TABLE conversations DROP CONSTRAINT conversations_agent_id_fkey;
      ALTER TABLE agents DROP CONSTRAINT agents_user_id_fkey, DROP CONSTRAINT agents_organization_id_fkey;
      ALTER TABLE users DROP CONSTRAINT users_organization_id_fkey`)
    await expect(client.query(`DROP TABLE ${table}`)).rejects.toMatchObject({ code: '2BP01' })
  })

  test.each([
    ['organizations', ['name', 'subdomain', 'plan', 'plan_status']],
    ['users', ['email', 'first_name', 'last_name', 'last_active_at']],
    ['agents', ['organization_id', 'user_id']],
    ['messages', ['organization_id']],
  ])('columns of %s keep their type', async (table, columns) => {
    await client.query('DROP VIEW user_names')
    for (const column of columns) {
      await client.query('SAVEPOINT before')
      const retyped = client.query(`ALTER TABLE ${table} ALTER ${column} TYPE varchar(999)`)
      await expect(retyped).rejects.toMatchObject({ code: '0A000' })
      await client.query('ROLLBACK TO before')
    }
  })

  test('the views are dropped and made again around such a change', async () => {
    const { rows } = await client.query(
      `SELECT 'CREATE VIEW ' || v || ' WITH (security_invoker = true) AS ' || pg_get_viewdef(v) AS sql
       FROM unnest('{organization_summary,user_activity_summary}'::regclass[]) AS v`,
    )
    await client.query(`
      DROP VIEW organization_summary, user_activity_summary, user_names;
      ALTER TABLE users ALTER email TYPE varchar(999); ALTER TABLE organizations ALTER subdomain TYPE varchar(999)`)
    for (const { sql } of rows) await client.query(sql)
    expect((await client.query('SELECT FROM user_activity_summary')).rowCount).toBeGreaterThan(0)
  })
})
