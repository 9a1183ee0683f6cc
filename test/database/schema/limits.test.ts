import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'

const { admin, pool, drop } = await createTestDatabase()
let acme: Cast['acme']
beforeAll(async () => {
  acme = (await insertCast(admin)).acme
})
beforeEach(async () => {
  await admin.query('UPDATE organizations SET max_agents = 3, max_users = 3 WHERE id = $1', [acme.id])
  await admin.query('DELETE FROM agents')
  await admin.query('DELETE FROM users WHERE id <> $1', [acme.user.id])
})
afterAll(drop)

test('of ten agents that become active at once, exactly as many do as the plan allows', async () => {
  const ids = await registerInactive(10)
  const outcomes = await Promise.allSettled(ids.map(activate))
  expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(3)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'TN002' })
  }
  expect(await count('agents', 'is_active')).toBe(3)
})

test('of ten users who join at once, exactly as many do as the plan allows', async () => {
  const joins = Array.from({ length: 10 }, (_, index) =>
    inTenant(pool, acme.id, tx =>
      tx
        .insertInto('users')
        .values({ organization_id: acme.id, email: `new${index}@acme.test` })
        .execute(),
    ),
  )
  const outcomes = await Promise.allSettled(joins)
  expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(2)
  expect(await count('users', 'true')).toBe(3)
})

test('one statement cannot bring in more than the plan allows', async () => {
  const many = inTenant(pool, acme.id, tx =>
    tx
      .insertInto('agents')
      .values(['a', 'b', 'c', 'd'].map(name => ({ organization_id: acme.id, name })))
      .execute(),
  )
  await expect(many).rejects.toMatchObject({ code: 'TN002' })
  expect(await count('agents', 'true')).toBe(0)
})

test('an inactive agent can always be registered, and an active one changed, at the limit and beyond it', async () => {
  const [first = ''] = await registerInactive(4)
  await activate(first)
  await admin.query('UPDATE organizations SET max_agents = 0 WHERE id = $1', [acme.id])
  await registerInactive(1)
  await inTenant(pool, acme.id, tx =>
    tx.updateTable('agents').set({ name: 'Renamed', is_active: true }).where('id', '=', first).execute(),
  )
  expect(await count('agents', 'is_active')).toBe(1)
})

test('sending the same agent again is no second agent', async () => {
  const ids = await registerInactive(3)
  for (const id of ids) await activate(id)
  const values = { id: ids[0] ?? '', organization_id: acme.id, name: 'Again', is_active: true }
  await inTenant(pool, acme.id, tx =>
    tx
      .insertInto('agents')
      .values(values)
      .onConflict(conflict => conflict.column('id').doUpdateSet({ name: values.name }))
      .execute(),
  )
  expect(await count('agents', 'is_active')).toBe(3)
})

test('NULL means unlimited', async () => {
  await admin.query('UPDATE organizations SET max_agents = NULL WHERE id = $1', [acme.id])
  await Promise.all((await registerInactive(5)).map(activate))
  expect(await count('agents', 'is_active')).toBe(5)
})

test('a limit cannot be outrun by an older view of the data', async () => {
  const ids = await registerInactive(4)
  for (const id of ids.slice(0, 2)) await activate(id)
  const late = inTenant(pool, acme.id, async tx => {
    await tx.client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await tx.selectFrom('agents').select('id').execute()
    await activate(ids[2] ?? '')
    await tx
      .updateTable('agents')
      .set({ is_active: true })
      .where('id', '=', ids[3] ?? '')
      .execute()
  })
  await expect(late).rejects.toMatchObject({ code: '0A000' })
  expect(await count('agents', 'is_active')).toBe(3)
})

function activate(id: string) {
  return inTenant(pool, acme.id, tx =>
    tx.updateTable('agents').set({ is_active: true }).where('id', '=', id).execute(),
  )
}

async function registerInactive(agents: number): Promise<string[]> {
  const rows = await inTenant(pool, acme.id, tx =>
    tx
      .insertInto('agents')
      .values(
        Array.from({ length: agents }, () => ({
          organization_id: acme.id,
          name: 'Helper',
          is_active: false,
        })),
      )
      .returning('id')
      .execute(),
  )
  return rows.map(row => row.id)
}

async function count(table: string, condition: string): Promise<number> {
  const { rows } = await admin.query(
    `SELECT count(*) FROM ${table} WHERE organization_id = $1 AND ${condition}`,
    [acme.id],
  )
  return rows[0].count
}
