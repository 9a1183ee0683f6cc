import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

const ACME = 'ac000000-0000-4000-8000-000000000001'
const AL = 'ac000000-0000-4000-8000-0000000000a0'
const AGENT = 'ac000000-0000-4000-8000-0000000000b3'

let host: HostProduct
beforeEach(async () => {
  await host?.drop()
  host = await createHostProduct('host-phase-one.sql')
  await host.migrate()
})
afterAll(() => host?.drop())

const deletes = (table: string, id: string) => host.as('host_app', `DELETE FROM ${table} WHERE id = '${id}'`)

describe('an organization', () => {
  test('is deleted as before while Tenantry keeps nothing of it that must stay', async () => {
    await host.admin.query(`
      INSERT INTO notifications (organization_id, user_id, type, category, title, message)
        VALUES ('${ACME}', '${AL}', 'test', 'system', 'Hello', 'Hello');
      INSERT INTO daily_metrics (organization_id, date) VALUES ('${ACME}', '2026-01-01');
      INSERT INTO api_keys (organization_id, name, key_prefix, key_hash, scopes)
        VALUES ('${ACME}', 'Key', 'tny_', repeat('a', 64), '{metrics:read}')`)
    // The host's own order: its users are referred to by its agents.
    await host.as('host_app', `DELETE FROM agents WHERE organization_id = '${ACME}'`)
    expect((await deletes('organizations', ACME)).rowCount).toBe(1)
    const { rows } = await host.admin.query(
      `SELECT (SELECT count(*) FROM notifications)::int + (SELECT count(*) FROM daily_metrics)::int + (SELECT count(*) FROM api_keys)::int AS rest`,
    )
    expect(rows).toEqual([{ rest: 0 }])
  })

  test.each([
    [
      'its log',
      'activity_logs_organization_id_fkey',
      `INSERT INTO activity_logs (organization_id, actor_name, action_type) VALUES ('${ACME}', 'Ada', 'user.created')`,
    ],
    [
      'an invoice',
      'invoices_organization_id_fkey',
      `INSERT INTO invoices (organization_id, amount_minor, currency, status) VALUES ('${ACME}', 100, 'EUR', 'open')`,
    ],
  ])('is refused while %s is there, which is never erased with it', async (_, constraint, insert) => {
    await host.admin.query(insert)
    await host.as('host_app', `DELETE FROM agents WHERE organization_id = '${ACME}'`)
    await expect(deletes('organizations', ACME)).rejects.toMatchObject({
      // restrict_violation since PostgreSQL 18, foreign_key_violation before.
      code: expect.stringMatching(/^23(001|503)$/),
      constraint,
    })
    expect((await host.admin.query(`SELECT FROM organizations WHERE id = '${ACME}'`)).rowCount).toBe(1)
  })
})

describe('a user', () => {
  test('is deleted as before: personal rows go, what the organization keeps stays without it', async () => {
    await host.admin.query(`
      INSERT INTO notifications (organization_id, user_id, type, category, title, message)
        VALUES ('${ACME}', '${AL}', 'test', 'system', 'Hello', 'Hello');
      INSERT INTO activity_logs (organization_id, user_id, actor_name, action_type)
        VALUES ('${ACME}', '${AL}', 'Al', 'user.created');
      INSERT INTO support_tickets (organization_id, user_id, subject, description, priority, status)
        VALUES ('${ACME}', '${AL}', 'Help', 'Please', 'low', 'open');
      INSERT INTO team_invitations (organization_id, invited_by, email, role, token, expires_at)
        VALUES ('${ACME}', '${AL}', 'new@acme.test', 'member', repeat('b', 64), now() + interval '1 day')`)
    expect((await deletes('users', AL)).rowCount).toBe(1)
    const { rows } = await host.admin.query(`
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
})

test('an agent is deleted as before, with its metrics', async () => {
  await host.admin.query(
    `INSERT INTO agent_metrics (organization_id, agent_id, date) VALUES ('${ACME}', '${AGENT}', '2026-01-01')`,
  )
  expect((await deletes('agents', AGENT)).rowCount).toBe(1)
  expect((await host.admin.query('SELECT FROM agent_metrics')).rowCount).toBe(0)
})

test('an id or an organization that our rows refer to cannot be changed', async () => {
  await host.admin.query(
    `INSERT INTO support_tickets (organization_id, user_id, subject, description, priority, status)
     VALUES ('${ACME}', '${AL}', 'Help', 'Please', 'low', 'open')`,
  )
  const move = host.as(
    'host_app',
    `UPDATE users SET organization_id = '90000000-0000-4000-8000-000000000001' WHERE id = '${AL}'`,
  )
  await expect(move).rejects.toMatchObject({ code: '23503', table: 'support_tickets' })
})

test('TRUNCATE … CASCADE is refused, as it would empty our tables too', async () => {
  await expect(host.as('host_owner', 'TRUNCATE organizations CASCADE')).rejects.toMatchObject({
    code: '42501',
  })
})
