import { afterAll, beforeAll, expect, test } from 'vitest'
import { TABLES } from '../../../src/database/tables.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'
import { fillTables } from '../../support/fill-tables.ts'

const { admin, drop } = await createTestDatabase()
let cast: Cast
beforeAll(async () => {
  cast = await insertCast(admin)
  await fillTables(admin, cast.acme)
  await fillTables(admin, cast.globex)
})
afterAll(drop)

const OF_TENANTS = TABLES.filter(table => table.tenantKey === 'organization_id').map(table => table.name)

test('every reference from one table of tenants to another names the organization too', async () => {
  const { rows } = await admin.query<{ reference: string; columns: string[] }>(
    `SELECT conrelid::regclass || ' -> ' || confrelid::regclass AS reference,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
     FROM pg_constraint WHERE contype = 'f' AND conparentid = 0
       AND conrelid::regclass::text = ANY ($1) AND confrelid::regclass::text = ANY ($1)`,
    [OF_TENANTS],
  )
  expect(rows.length).toBeGreaterThan(15)
  for (const { reference, columns } of rows) expect(columns, reference).toContain('organization_id')
})

test.each([
  ['invoices', 'subscription_id', 'subscriptions'],
  ['usage_records', 'subscription_id', 'subscriptions'],
  ['team_invitations', 'invited_by', 'users'],
  ['agent_metrics', 'agent_id', 'agents'],
  ['notifications', 'user_id', 'users'],
  ['notification_preferences', 'user_id', 'users'],
  ['support_tickets', 'user_id', 'users'],
  ['support_ticket_comments', 'ticket_id', 'support_tickets'],
  ['conversations', 'agent_id', 'agents'],
  ['messages', 'conversation_id', 'conversations'],
  ['workflow_executions', 'workflow_id', 'workflows'],
  ['api_keys', 'created_by', 'users'],
])("a row of %s cannot name another organization's %s", async (table, column, referred) => {
  const foreign = await admin.query(`SELECT id FROM ${referred} WHERE organization_id = $1`, [cast.globex.id])
  const client = await admin.connect()
  // Else the other row of the same key would be what refuses it.
  await client.query(`BEGIN; DELETE FROM ${table} WHERE organization_id = '${cast.globex.id}'`)
  const refer = client.query(`UPDATE ${table} SET ${column} = $1`, [foreign.rows[0].id])
  await expect(refer).rejects.toMatchObject({ code: '23503' })
  await client.query('ROLLBACK')
  client.release()
})

test("a log cannot name another organization's user", async () => {
  const refer = admin.query(
    `INSERT INTO activity_logs (organization_id, user_id, actor_name, action_type) VALUES ($1, $2, 'Bob', 'agent.created')`,
    [cast.acme.id, cast.bob.id],
  )
  await expect(refer).rejects.toMatchObject({ code: '23503' })
})

test('every key that refers to another row has an index which finds the rows that refer', async () => {
  const { rows } = await admin.query(`
    SELECT conrelid::regclass || ' (' || array_to_string(columns, ', ') || ')' AS unindexed
    FROM pg_constraint, LATERAL (SELECT array_agg(attname::text) AS columns FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) named
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0
      AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL AND indkey[0] = ANY (conkey)
        AND (cardinality(conkey) = 1 OR indkey[0] = conkey[2] OR indkey[1] = conkey[2]))`)
  expect(rows.map(row => row.unindexed)).toEqual([])
})

test('a key (organization_id, id) is there only where something refers to it', async () => {
  const { rows } = await admin.query(`
    SELECT conrelid::regclass::text AS name FROM pg_constraint made
    WHERE contype = 'u' AND connamespace = 'public'::regnamespace AND pg_get_constraintdef(oid) = 'UNIQUE (organization_id, id)'
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = made.conrelid AND cardinality(confkey) = 2)`)
  expect(rows.map(row => row.name)).toEqual([])
})
