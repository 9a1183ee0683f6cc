import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { migrationStatus } from '../../../../src/database/migrate/index.ts'
import { closeGate } from '../../../support/gate.ts'
import { createHostProduct, type HostProduct } from '../../../support/host-product.ts'

let host: HostProduct
beforeEach(async () => {
  host = await createHostProduct('host-phase-one.sql')
})
afterEach(() => host?.drop())

/** Ends the migration's session of the server, which is all that the server ever notices of a `kill -9`. */
async function kill(migration: Promise<unknown>): Promise<void> {
  const failed = expect(migration).rejects.toThrow()
  await host.admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'tenantry migrate%'`,
  )
  await failed
}

const exists = async (sql: string) => ((await host.admin.query(sql)).rowCount ?? 0) > 0
const until = (sql: string) =>
  vi.waitFor(async () => expect(await exists(sql)).toBe(true), { timeout: 30_000, interval: 5 })

async function expectComplete(): Promise<void> {
  const { rows } = await host.admin.query(`
    SELECT (SELECT count(*)::int FROM adopted_tables WHERE completed_at IS NOT NULL) AS completed,
      (SELECT max_users FROM organizations WHERE subdomain = 'acme') AS max_users,
      (SELECT column_default FROM information_schema.columns WHERE column_name = 'max_users') AS default,
      (SELECT count(*)::int FROM users WHERE organization_role = 'owner') AS owners,
      (SELECT count(*)::int FROM pg_constraint WHERE NOT convalidated) AS unproved,
      (SELECT count(*)::int FROM pg_index WHERE NOT indisvalid) AS unfinished`)
  expect(rows).toEqual([{ completed: 5, max_users: 3, default: '1', owners: 2, unproved: 0, unfinished: 0 }])
}

test('killed while a key is being indexed: the index is made anew', async () => {
  const writer = await host.admin.connect()
  await writer.query(`BEGIN; UPDATE users SET first_name = 'Ada' WHERE first_name = 'Ada'`)
  const migration = host.migrate()
  await until(
    `SELECT FROM pg_index WHERE indexrelid = to_regclass('users_organization_id_id_key') AND NOT indisvalid`,
  )
  await kill(migration)
  await writer.query('COMMIT')
  writer.release()
  expect(await exists(`SELECT FROM pg_class WHERE relname = 'subscriptions'`)).toBe(false)
  await host.migrate()
  await expectComplete()
})

test('killed in the transaction: nothing of it is left, and the next run does all of it', async () => {
  const reader = await host.admin.connect()
  await reader.query('BEGIN; SELECT FROM users')
  const migration = host.migrate()
  // Our tables are made and wait, uncommitted, for the host's.
  await until(
    `SELECT FROM pg_stat_activity WHERE application_name = 'tenantry migrate' AND query LIKE '%virtualtransaction AS holder%'`,
  )
  await kill(migration)
  expect(await exists(`SELECT FROM pg_class WHERE relname IN ('subscriptions', 'adopted_tables')`)).toBe(
    false,
  )
  expect(await exists(`SELECT FROM pg_policy WHERE polrelid = 'users'::regclass`)).toBe(false)
  await reader.query('COMMIT')
  reader.release()
  await host.migrate()
  await expectComplete()
})

test.each(['organizations', 'users'])(
  'killed while %s is being filled: the next run goes on, with no file left to apply',
  async table => {
    const gate = await closeGate(host.adminUrl)
    await host.admin.query(`
      CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${gate.sql.replace('SELECT', 'PERFORM')}; RETURN NEW; END';
      CREATE TRIGGER wait BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION wait()`)
    const migration = host.migrate()
    await gate.reached()
    await kill(migration)
    const status = await migrationStatus({ url: host.adminUrl })
    expect(status).toContainEqual({ name: `adoption of ${table}`, state: 'pending' })
    expect(status.find(({ name }) => name === '0001_phase_one.sql')).toMatchObject({ state: 'applied' })
    await gate.open()
    expect((await host.migrate()).filter(line => line.startsWith('applied'))).toEqual([])
    await expectComplete()
  },
)
