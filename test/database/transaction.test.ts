import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant, inTurns } from '../../src/database/transaction.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase } from '../support/database.ts'

const database = await createTestDatabase()
let cast: Cast
beforeAll(async () => {
  cast = await insertCast(database.admin)
})
afterAll(() => database.drop())

test('a tenant sees its own organization only, even where the query names none', async () => {
  const rows = await inTenant(database.pool, cast.acme.id, tx =>
    tx.selectFrom('users').select('email').execute(),
  )
  expect(rows).toEqual([{ email: cast.ada.email }])
})

test('a tenant can neither write into another organization nor move its own rows there', async () => {
  const { acme, globex } = cast
  const write = inTenant(database.pool, acme.id, tx =>
    tx.insertInto('agents').values({ organization_id: globex.id, name: 'Spy' }).execute(),
  )
  await expect(write).rejects.toMatchObject({ code: '42501' })
  const move = inTenant(database.pool, acme.id, tx =>
    tx.updateTable('agents').set({ organization_id: globex.id }).where('id', '=', acme.agent.id).execute(),
  )
  await expect(move).rejects.toMatchObject({ code: '42501' })
})

test('neither the role nor the organization outlives the transaction', async () => {
  const { pool } = database
  await inTenant(pool, cast.acme.id, tx => tx.selectFrom('users').select('email').execute())
  const { rows } = await pool.query(
    `SELECT current_user = session_user AS itself, current_setting('app.organization_id', true) AS organization`,
  )
  expect(rows[0]).toMatchObject({ itself: true })
  expect(rows[0].organization || null).toBeNull()
  await expect(pool.query('SELECT FROM users')).rejects.toMatchObject({ code: '42501' })
})

test('work that throws leaves nothing behind and returns the connection', async () => {
  const fail = inTenant(database.pool, cast.acme.id, async tx => {
    await tx.updateTable('organizations').set({ name: 'Gone' }).execute()
    throw new Error('changed my mind')
  })
  await expect(fail).rejects.toThrow('changed my mind')
  const names = await inTenant(database.pool, cast.acme.id, tx =>
    tx.selectFrom('organizations').select('name').execute(),
  )
  expect(names).toEqual([{ name: 'Acme' }])
})

test('a role that is bound to no organization sees all of them', async () => {
  const rows = await inRole(database.pool, 'tenantry_jobs', tx =>
    tx.selectFrom('organizations').select('name').orderBy('name').execute(),
  )
  expect(rows.map(row => row.name)).toEqual(['Acme', 'Globex'])
})

test('an organization id that is none never reaches the database', () => {
  expect(() => inTenant(database.pool, `${cast.acme.id}'; DROP TABLE users; --`, async () => {})).toThrow(
    TypeError,
  )
})

test('roles taken by turns see what each of them may, and commit together or not at all', async () => {
  const { acme, globex } = cast
  const emails = await inTurns(database.pool, async turns => {
    await turns.inTenant(acme.id, tx =>
      tx.insertInto('agents').values({ organization_id: acme.id, name: 'By turns' }).execute(),
    )
    const seen = await turns.inTenant(globex.id, tx => tx.selectFrom('users').select('email').execute())
    // No organization is left over for a role that is bound to none.
    await turns.inRole('tenantry_admin', tx => tx.selectFrom('organizations').select('id').execute())
    const unbound = turns.inRole('tenantry_tenant', tx => tx.selectFrom('users').select('email').execute())
    expect(await unbound).toEqual([])
    return seen.map(({ email }) => email)
  })
  expect(emails).toEqual([cast.bob.email])

  const failed = inTurns(database.pool, async turns => {
    await turns.inTenant(acme.id, tx => tx.deleteFrom('agents').where('name', '=', 'By turns').execute())
    await turns.inTenant(globex.id, () => Promise.reject(new Error('changed my mind')))
  })
  await expect(failed).rejects.toThrow('changed my mind')
  const { rowCount } = await database.admin.query("SELECT FROM agents WHERE name = 'By turns'")
  expect(rowCount).toBe(1)
  await expect(database.pool.query('SELECT FROM users')).rejects.toMatchObject({ code: '42501' })
})
