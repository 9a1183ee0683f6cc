import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'
import { fillTables } from '../../support/fill-tables.ts'

const { admin, pool, drop } = await createTestDatabase()
let cast: Cast
let ticket: string
let carol: string
beforeAll(async () => {
  cast = await insertCast(admin)
  await fillTables(admin, cast.acme)
  ticket = (await admin.query('SELECT id FROM support_tickets')).rows[0].id
  carol = (await admin.query('SELECT id FROM admin_users')).rows[0].id
})
afterAll(drop)

const comment = (author: { type: string; id: string }, internal = false) => ({
  organization_id: cast.acme.id,
  ticket_id: ticket,
  author_type: author.type,
  author_id: author.id,
  author_name: 'Somebody',
  comment: 'about it',
  is_internal: internal,
})

test('an internal note of staff exists for no tenant', async () => {
  const written = await inRole(pool, 'tenantry_admin', tx =>
    tx
      .insertInto('support_ticket_comments')
      .values([comment({ type: 'admin', id: carol }, true), comment({ type: 'admin', id: carol })])
      .returning('id')
      .execute(),
  )
  expect(written).toHaveLength(2)
  const seen = await inTenant(pool, cast.acme.id, tx =>
    tx.selectFrom('support_ticket_comments').select(['author_type', 'is_internal']).execute(),
  )
  expect(seen).toHaveLength(2)
  expect(seen.some(row => row.is_internal)).toBe(false)
})

test('a tenant speaks as nobody but a user', async () => {
  const speak = (author: { type: string; id: string }, internal = false) =>
    inTenant(pool, cast.acme.id, tx =>
      tx.insertInto('support_ticket_comments').values(comment(author, internal)).execute(),
    )
  await speak({ type: 'user', id: cast.ada.id })
  await expect(speak({ type: 'admin', id: carol })).rejects.toMatchObject({ code: '42501' })
  await expect(speak({ type: 'user', id: cast.ada.id }, true)).rejects.toMatchObject({
    code: expect.stringMatching(/^(42501|23514)$/),
  })
})

test('an author is a user of the organization or a member of staff', async () => {
  const write = (author: { type: string; id: string }) =>
    inRole(pool, 'tenantry_admin', tx =>
      tx.insertInto('support_ticket_comments').values(comment(author)).execute(),
    )
  await expect(write({ type: 'user', id: cast.bob.id })).rejects.toMatchObject({ code: '23503' })
  await expect(write({ type: 'user', id: carol })).rejects.toMatchObject({ code: '23503' })
  await expect(write({ type: 'admin', id: cast.ada.id })).rejects.toMatchObject({ code: '23503' })
})

test('a customer closes and reopens a ticket, and neither assigns nor prioritises it', async () => {
  const change = (set: {
    status?: string
    resolved_at?: Date | null
    priority?: string
    assigned_to?: string
  }) => inTenant(pool, cast.acme.id, tx => tx.updateTable('support_tickets').set(set).execute())
  await change({ status: 'closed', resolved_at: new Date() })
  await change({ status: 'open', resolved_at: null })
  await expect(change({ priority: 'urgent' })).rejects.toMatchObject({ code: '42501' })
  await expect(change({ assigned_to: carol })).rejects.toMatchObject({ code: '42501' })
})
