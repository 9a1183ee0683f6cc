import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'
import { fillTables } from '../../support/fill-tables.ts'

const { admin, pool, drop } = await createTestDatabase()
let cast: Cast
beforeAll(async () => {
  cast = await insertCast(admin)
  await fillTables(admin, cast.acme)
})
afterAll(drop)

const LOGS = ['activity_logs', 'activity_logs_archive', 'admin_audit_logs']

test.each(LOGS)('%s takes no change from anybody, a superuser included', async log => {
  for (const change of [
    `UPDATE ${log} SET action_type = 'nothing.happened'`,
    `UPDATE ${log} SET created_at = created_at`,
    `DELETE FROM ${log}`,
    `TRUNCATE ${log} CASCADE`,
  ]) {
    await expect(admin.query(change), change).rejects.toMatchObject({ code: 'TN003' })
  }
})

test('nobody can take a name off a log by hand', async () => {
  await expect(admin.query('UPDATE activity_logs SET user_id = NULL')).rejects.toMatchObject({
    code: 'TN003',
  })
})

test('a tenant and staff write logs and can change none', async () => {
  const entry = { organization_id: cast.acme.id, actor_name: 'Ada', action_type: 'agent.renamed' }
  await inTenant(pool, cast.acme.id, tx => tx.insertInto('activity_logs').values(entry).execute())
  const erase = inTenant(pool, cast.acme.id, tx => tx.deleteFrom('activity_logs').execute())
  await expect(erase).rejects.toMatchObject({ code: '42501' })
  const hide = inRole(pool, 'tenantry_admin', tx => tx.deleteFrom('admin_audit_logs').execute())
  await expect(hide).rejects.toMatchObject({ code: '42501' })
})

const asJobs = (statement: string) =>
  inRole(pool, 'tenantry_jobs', tx => tx.client.query(statement)).then(({ rowCount }) => rowCount)
const move = (which: string) =>
  asJobs(`
    WITH moved AS (DELETE FROM activity_logs WHERE ${which} RETURNING *)
    INSERT INTO activity_logs_archive SELECT * FROM moved`)

test('what is critical or younger than a year stays in the log, though a job asks', async () => {
  const { id } = cast.globex
  await admin.query(
    `INSERT INTO activity_logs (organization_id, actor_name, action_type, created_at, is_critical) VALUES
       ($1, 'Bob', 'user.role_changed', now() - interval '6 years', true),
       ($1, 'Bob', 'agent.renamed', now() - interval '360 days', false)`,
    [id],
  )
  for (const which of ['is_critical', 'NOT is_critical']) {
    const ofGlobex = `organization_id = '${id}' AND ${which}`
    await expect(asJobs(`DELETE FROM activity_logs WHERE ${ofGlobex}`), which).rejects.toMatchObject({
      code: 'TN003',
    })
    await expect(move(ofGlobex), which).rejects.toMatchObject({ code: 'TN003' })
  }
})

test('an old log leaves only into the archive', async () => {
  await insertOldLog()
  const old = `created_at < now() - interval '1 year' AND NOT is_critical`
  await expect(asJobs(`DELETE FROM activity_logs WHERE ${old}`)).rejects.toMatchObject({
    code: 'TN003',
    message: expect.stringContaining('activity_logs_archive'),
  })
  expect(await move(old)).toBe(1)
})

test('jobs move logs to the archive in one statement, and out of the archive nothing moves', async () => {
  await insertOldLog()
  await insertOldLog()
  const old = `created_at < now() - interval '1 year' AND NOT is_critical`
  const { rows: before } = await admin.query(`SELECT id FROM activity_logs WHERE ${old}`)
  expect(await move(old)).toBe(2)
  const { rows: after } = await admin.query('SELECT id FROM activity_logs_archive WHERE id = ANY ($1)', [
    before.map(row => row.id),
  ])
  expect(after).toHaveLength(before.length)
  for (const log of ['activity_logs_archive', 'admin_audit_logs']) {
    const erase = inRole(pool, 'tenantry_jobs', tx => tx.client.query(`DELETE FROM ${log}`))
    await expect(erase, log).rejects.toMatchObject({ code: '42501' })
  }
})

test('a log says what its resource is called by others', async () => {
  const entry = {
    organization_id: cast.acme.id,
    actor_name: 'Stripe',
    action_type: 'invoice.paid',
    resource_type: 'invoice',
    resource_id: 'in_1Nabc',
  }
  await inTenant(pool, cast.acme.id, tx => tx.insertInto('activity_logs').values(entry).execute())
})

test('a job writes an audit entry, from no address', async () => {
  const staff = await admin.query('SELECT id FROM admin_users')
  await inRole(pool, 'tenantry_jobs', tx =>
    tx
      .insertInto('admin_audit_logs')
      .values({
        admin_user_id: staff.rows[0].id,
        action_type: 'organization.exported',
        organization_id: cast.acme.id,
      })
      .execute(),
  )
})

function insertOldLog() {
  return admin.query(
    `INSERT INTO activity_logs (organization_id, actor_name, action_type, created_at)
     VALUES ($1, 'Ada', 'agent.renamed', now() - interval '370 days')`,
    [cast.acme.id],
  )
}
