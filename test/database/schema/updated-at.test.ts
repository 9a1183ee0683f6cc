import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'
import { fillTables } from '../../support/fill-tables.ts'

const { admin, drop } = await createTestDatabase()
beforeAll(async () => {
  await fillTables(admin, (await insertCast(admin)).acme)
})
afterAll(drop)

const { rows: changing } = await admin.query<{ name: string }>(`
  SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'updated_at'`)

test.each(changing)(
  'an UPDATE of $name that changes nothing advances updated_at, twice in one transaction too',
  async ({ name }) => {
    const client = await admin.connect()
    const touch = async () => {
      const { rows } = await client.query(`UPDATE ${name} SET id = id RETURNING updated_at::text`)
      return rows[0].updated_at
    }
    const before = await client.query(`SELECT updated_at::text FROM ${name} LIMIT 1`)
    await client.query('BEGIN')
    const first = await touch()
    const second = await touch()
    await client.query('COMMIT')
    client.release()
    expect(first > before.rows[0].updated_at).toBe(true)
    expect(second > first).toBe(true)
  },
)

test('rows that are kept as they were written have no updated_at', () => {
  const names = changing.map(({ name }) => name)
  for (const kept of [
    'activity_logs',
    'admin_audit_logs',
    'usage_records',
    'support_ticket_comments',
    'analytics_events',
  ]) {
    expect(names).not.toContain(kept)
  }
  expect(names).toEqual(
    expect.arrayContaining(['subscriptions', 'notification_preferences', 'invoices', 'support_tickets']),
  )
})
