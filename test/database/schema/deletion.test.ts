import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'
import { fillTables } from '../../support/fill-tables.ts'

const { admin: pool, drop } = await createTestDatabase()
let cast: Cast
let admin: pg.PoolClient
beforeAll(async () => {
  cast = await insertCast(pool)
  await fillTables(pool, cast.acme)
})
beforeEach(async () => {
  admin = await pool.connect()
  await admin.query('BEGIN')
})
afterEach(async () => {
  await admin.query('ROLLBACK')
  admin.release()
})
afterAll(drop)

test('a user who goes leaves logs, invitations, tickets, comments, agents and keys behind', async () => {
  const tables = [
    'activity_logs',
    'team_invitations',
    'support_tickets',
    'support_ticket_comments',
    'agents',
    'api_keys',
  ]
  const before = await counts(tables)
  await admin.query('DELETE FROM users WHERE id = $1', [cast.ada.id])
  expect(await counts(tables)).toEqual(before)
  expect(await one('SELECT user_id, actor_name FROM activity_logs')).toEqual({
    user_id: null,
    actor_name: 'Somebody',
  })
  expect(await one('SELECT invited_by, status FROM team_invitations')).toEqual({
    invited_by: null,
    status: 'pending',
  })
  expect(await one('SELECT author_name FROM support_ticket_comments')).toEqual({ author_name: 'Somebody' })
})

test('what was only for the user goes with the user', async () => {
  await admin.query('DELETE FROM users WHERE id = $1', [cast.ada.id])
  expect(await counts(['notifications', 'notification_preferences'])).toEqual([0, 0])
})

test('past figures do not change when a user or an agent goes', async () => {
  const events = await admin.query('SELECT * FROM analytics_events')
  await admin.query('DELETE FROM users WHERE id = $1', [cast.ada.id])
  await admin.query('DELETE FROM agents WHERE id = $1', [cast.acme.agent.id])
  expect((await admin.query('SELECT * FROM analytics_events')).rows).toEqual(events.rows)
  expect(await counts(['daily_metrics', 'daily_active_users'])).toEqual([1, 1])
})

test.each(['subscriptions', 'invoices', 'usage_records', 'activity_logs'])(
  'an organization that has %s cannot be deleted',
  async kept => {
    for (const table of ['invoices', 'usage_records', 'subscriptions', 'activity_logs']) {
      if (table !== kept) await clear(table)
    }
    const erase = admin.query('DELETE FROM organizations WHERE id = $1', [cast.acme.id])
    await expect(erase).rejects.toMatchObject({ code: expect.stringMatching(/^23(001|503)$/), table: kept })
  },
)

test('an organization without money or logs goes with all that is its own; archive and audit remain', async () => {
  for (const table of ['invoices', 'usage_records', 'subscriptions', 'activity_logs']) await clear(table)
  await admin.query('DELETE FROM organizations WHERE id = $1', [cast.acme.id])
  expect(await counts(['support_tickets', 'team_invitations', 'payment_methods', 'api_keys'])).toEqual([
    0, 0, 0, 0,
  ])
  expect(await counts(['analytics_events', 'agent_metrics'])).toEqual([0, 0])
  expect(await counts(['activity_logs_archive', 'admin_audit_logs'])).toEqual([1, 1])
})

test('staff with an audit entry cannot be deleted', async () => {
  await expect(admin.query('DELETE FROM admin_users')).rejects.toMatchObject({ table: 'admin_audit_logs' })
})

test('a ticket loses an assignee who goes', async () => {
  const dave = await one(`INSERT INTO admin_users (email, password_hash, full_name, admin_role)
    VALUES ('dave@platform.test', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzYWx0$RdescudvJCsgt3ub+b3dWRWJTmaaJObG', 'Dave', 'support') RETURNING id`)
  await admin.query('UPDATE support_tickets SET assigned_to = $1', [dave.id])
  await admin.query('DELETE FROM admin_users WHERE id = $1', [dave.id])
  expect(await one('SELECT assigned_to FROM support_tickets')).toEqual({ assigned_to: null })
})

test('a subscription that goes leaves its invoices and usage', async () => {
  await admin.query('DELETE FROM subscriptions')
  expect(await one('SELECT subscription_id, amount FROM invoices')).toEqual({
    subscription_id: null,
    amount: 49,
  })
  expect(await counts(['invoices', 'usage_records'])).toEqual([1, 1])
})

async function counts(tables: string[]): Promise<number[]> {
  const { rows } = await admin.query<number[]>({
    text: `SELECT ${tables.map(table => `(SELECT count(*) FROM ${table})`).join(', ')}`,
    rowMode: 'array',
  })
  return rows[0] ?? []
}

async function one(sql: string) {
  return (await admin.query(sql)).rows[0]
}

/** Past the triggers, as only whoever owns the tables could. */
async function clear(table: string): Promise<void> {
  await admin.query(
    `ALTER TABLE ${table} DISABLE TRIGGER USER; DELETE FROM ${table}; ALTER TABLE ${table} ENABLE TRIGGER USER`,
  )
}
