import { afterAll, beforeAll, expect, test } from 'vitest'
import { TABLES } from '../../../src/database/tables.ts'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'
import { fillTables } from '../../support/fill-tables.ts'

const database = await createTestDatabase()
let cast: Cast
beforeAll(async () => {
  cast = await insertCast(database.admin)
  await fillTables(database.admin, cast.acme)
  await fillTables(database.admin, cast.globex)
})
afterAll(() => database.drop())

/** The queue's own tables, beside its view of them. */
const QUEUE = [
  '_private_jobs',
  '_private_job_queues',
  '_private_tasks',
  '_private_known_crontabs',
  'migrations',
].map(table => `graphile_worker.${table}`)
const tenantTables = TABLES.filter(table => table.tenantKey !== 'none')

test.each(tenantTables)(
  'no tenant reads, changes or deletes a row of another in $name',
  async ({ name, tenantKey }) => {
    const others = `${tenantKey} = '${cast.globex.id}'`
    for (const statement of [
      `SELECT FROM ${name} WHERE ${tenantKey} <> '${cast.acme.id}'`,
      `UPDATE ${name} SET ${tenantKey} = ${tenantKey} WHERE ${others}`,
      `DELETE FROM ${name} WHERE ${others}`,
    ]) {
      expect(await touchedRows(statement), statement).toBe(0)
    }
  },
)

test.each(tenantTables)('no tenant puts a row into another through $name', async ({ name }) => {
  const { rows } = await database.admin.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [name],
  )
  const columns = rows[0]?.columns
  const { rows: foreign } = await database.admin.query(
    `SELECT to_jsonb(${name}) AS row FROM ${name} WHERE ${name === 'organizations' ? 'id' : 'organization_id'} = $1`,
    [cast.globex.id],
  )
  const insert = inTenant(database.pool, cast.acme.id, tx =>
    tx.client.query(
      `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${name}, $1)`,
      [foreign[0].row],
    ),
  )
  await expect(insert).rejects.toMatchObject({ code: '42501' })
})

test.each(['organization_summary', 'user_activity_summary'])('%s shows a tenant itself alone', async view => {
  const { rows } = await inTenant(database.pool, cast.acme.id, tx => tx.client.query(`SELECT * FROM ${view}`))
  expect(rows).toHaveLength(1)
  expect(rows[0].organization_id ?? rows[0].id).toBe(cast.acme.id)
})

test('without an organization a tenant sees no row of any table', async () => {
  for (const { name } of tenantTables) {
    const rows = await inRole(database.pool, 'tenantry_tenant', async tx => {
      await tx.client.query('SAVEPOINT before')
      return tx.client.query(`SELECT FROM ${name}`).then(
        result => result.rowCount,
        error => error.code,
      )
    }).catch(error => error.code)
    expect([0, '42501'], name).toContain(rows)
  }
})

/** Wrong once restored: a mail would be sent again, a repeated request answered by another time's answer. */
const NOT_BACKED_UP = ['mail_messages', 'idempotency_keys']
const BACKED_UP = TABLES.filter(({ name }) => !NOT_BACKED_UP.includes(name))

test.each([...BACKED_UP, { name: 'mv_organization_metrics' }, ...QUEUE.map(name => ({ name }))])(
  'a backup reads every row of $name, and writes none',
  async ({ name }) => {
    const { rows: all } = await database.admin.query(`SELECT count(*) FROM ${name}`)
    const asBackup = (statement: string) =>
      inRole(database.pool, 'tenantry_backup', tx => tx.client.query(statement))
    expect((await asBackup(`SELECT count(*) FROM ${name}`)).rows).toEqual(all)
    await expect(asBackup(`DELETE FROM ${name}`)).rejects.toMatchObject({ code: '42501' })
  },
)

/** How many rows acme's transaction touches; a right that tenants do not have at all touches none. */
async function touchedRows(statement: string): Promise<number | null> {
  try {
    return (await inTenant(database.pool, cast.acme.id, tx => tx.client.query(statement))).rowCount
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42501') return 0
    throw error
  }
}
