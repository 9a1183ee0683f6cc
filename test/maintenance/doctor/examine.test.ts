import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPool } from '../../../src/database/pool.ts'
import { examine } from '../../../src/maintenance/doctor/examine.ts'
import { server } from '../../../src/maintenance/doctor/server.ts'
import { insertCast } from '../../support/cast.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await insertCast(database.admin)
})
afterAll(() => database.drop())

/** What doctor finds in the database; its server is made for tests and no worker runs, which has tests of its own. */
async function complaints() {
  const examined = await examine(database)
  return examined.filter(({ state, check }) => state !== 'ok' && check !== 'worker' && check !== 'server')
}

test('nothing is wrong with a migrated database', async () => {
  expect(await complaints()).toEqual([])
})

test('what is said of a hole is gone when its SQL was run', async () => {
  await database.admin.query('GRANT TRUNCATE, TRIGGER ON subscriptions TO tenantry_tenant')
  const [complaint] = await complaints()
  expect(complaint).toMatchObject({
    check: 'grants',
    state: 'failed',
    message: 'tenantry_tenant may TRIGGER, TRUNCATE subscriptions',
  })
  for (const statement of complaint?.sql ?? []) await database.admin.query(statement)
  expect(await complaints()).toEqual([])
})

describe('it finds', () => {
  const MONTH = "to_char(now() AT TIME ZONE 'UTC', '\"analytics_events_\"YYYY_MM')"
  const onPartition = (action: string) => `DO $$ BEGIN EXECUTE format('${action}', ${MONTH}); END $$`

  test.each([
    [
      'row-level security that is not forced',
      'ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY',
      'ALTER TABLE invoices FORCE ROW LEVEL SECURITY',
      ['row-level security', 'failed', 'not forced on invoices'],
    ],
    [
      'row-level security that is off',
      'ALTER TABLE invoices DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE invoices ENABLE ROW LEVEL SECURITY',
      ['row-level security', 'failed', 'not enabled on invoices'],
    ],
    [
      'a policy that shows a tenant everything',
      'CREATE POLICY "all of it" ON invoices TO tenantry_tenant USING (true)',
      'DROP POLICY "all of it" ON invoices',
      [
        'row-level security',
        'failed',
        'the policy "all of it" on invoices shows a tenant the rows of others',
      ],
    ],
    [
      'a policy that looks right and lets one more way in',
      `CREATE POLICY loose ON invoices TO tenantry_tenant USING (
        organization_id = nullif(current_setting('app.organization_id', true), '')::uuid OR current_setting('app.support', true) = 'on')`,
      'DROP POLICY loose ON invoices',
      ['row-level security', 'failed', 'the policy loose on invoices'],
    ],
    [
      'a policy that lets a tenant write for others',
      `CREATE POLICY loose ON invoices TO tenantry_tenant USING (
        organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) WITH CHECK (true)`,
      'DROP POLICY loose ON invoices',
      ['row-level security', 'failed', 'the policy loose on invoices'],
    ],
    [
      'a policy for everybody',
      'CREATE POLICY everybody ON invoices USING (true)',
      'DROP POLICY everybody ON invoices',
      ['row-level security', 'failed', 'the policy everybody on invoices'],
    ],
    [
      'a table that is missing',
      'ALTER TABLE usage_records RENAME TO usage_records_old',
      'ALTER TABLE usage_records_old RENAME TO usage_records',
      ['row-level security', 'failed', 'the table usage_records does not exist'],
    ],
    [
      'a table that nobody listed',
      'CREATE TABLE left_over (); ALTER TABLE left_over OWNER TO tenantry_owner',
      'DROP TABLE left_over',
      ['row-level security', 'warning', 'left_over'],
    ],
    [
      'a view that acts as its owner',
      'ALTER VIEW organization_summary RESET (security_invoker)',
      'ALTER VIEW organization_summary SET (security_invoker = true)',
      ['views and partitions', 'failed', 'organization_summary'],
    ],
    [
      'a partition that can be read past its table',
      onPartition('GRANT SELECT ON %I TO tenantry_tenant'),
      onPartition('REVOKE SELECT ON %I FROM tenantry_tenant'),
      ['views and partitions', 'failed', 'tenantry_tenant may use the partition analytics_events_'],
    ],
    [
      'a materialized view that a tenant may read',
      'GRANT SELECT ON mv_organization_metrics TO tenantry_tenant',
      'REVOKE SELECT ON mv_organization_metrics FROM tenantry_tenant',
      ['views and partitions', 'failed', 'mv_organization_metrics'],
    ],
    [
      'a table open to everybody',
      'GRANT SELECT ON invoices TO PUBLIC',
      'REVOKE SELECT ON invoices FROM PUBLIC',
      ['grants', 'failed', 'PUBLIC may SELECT invoices'],
    ],
    [
      'an ingest role that may read events',
      'GRANT SELECT ON analytics_events TO tenantry_ingest',
      'REVOKE SELECT ON analytics_events FROM tenantry_ingest; GRANT SELECT (organization_id, created_at, id) ON analytics_events TO tenantry_ingest',
      ['grants', 'failed', 'tenantry_ingest may SELECT analytics_events'],
    ],
    [
      'a look-up open to everybody',
      'GRANT EXECUTE ON FUNCTION find_api_key(text) TO PUBLIC',
      'REVOKE EXECUTE ON FUNCTION find_api_key(text) FROM PUBLIC',
      ['functions', 'failed', 'everybody may call find_api_key(text)'],
    ],
    [
      'a function whose search_path anybody may set',
      'ALTER FUNCTION enqueue(jsonb) RESET search_path',
      'ALTER FUNCTION enqueue(jsonb) SET search_path = pg_catalog, pg_temp',
      ['functions', 'failed', 'no pinned search_path'],
    ],
    [
      'a month without a partition',
      onPartition('ALTER TABLE analytics_events DETACH PARTITION %I'),
      `DO $$ BEGIN EXECUTE format('ALTER TABLE analytics_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', ${MONTH},
        to_char(date_trunc('month', now() AT TIME ZONE 'UTC'), 'YYYY-MM-DD "00:00+00"'),
        to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month', 'YYYY-MM-DD "00:00+00"')); END $$`,
      ['partitions', 'failed', 'is missing: its events cannot be stored'],
    ],
    [
      'a DEFAULT partition',
      'CREATE TABLE events_rest PARTITION OF analytics_events DEFAULT',
      'DROP TABLE events_rest',
      ['partitions', 'failed', 'events that found no partition went to events_rest'],
    ],
    [
      'an index that was left half-built',
      `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_invoices_status'::regclass`,
      `UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'idx_invoices_status'::regclass`,
      ['indexes', 'failed', 'idx_invoices_status'],
    ],
    [
      'a migration that was edited',
      `UPDATE tenantry_migrations SET sha256 = 'x' || sha256 WHERE name = '0004_billing.sql'`,
      `UPDATE tenantry_migrations SET sha256 = substr(sha256, 2) WHERE name = '0004_billing.sql'`,
      ['migrations', 'failed', '0004_billing.sql is edited'],
    ],
    [
      'a job that was given up',
      `SELECT graphile_worker.add_job('analytics.roll-up', max_attempts => 1);
       UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'it broke'`,
      'DELETE FROM graphile_worker._private_jobs',
      ['queue', 'failed', '1 job analytics.roll-up failed too often and will not be tried again: it broke'],
    ],
    [
      'jobs that nobody runs',
      `SELECT graphile_worker.add_job('analytics.roll-up', run_at => now() - interval '1 hour')`,
      'DELETE FROM graphile_worker._private_jobs',
      ['queue', 'failed', '1 jobs are due, the oldest since 60 min'],
    ],
    [
      'a duty that failed the last time',
      `INSERT INTO maintenance_runs (task, started_at, finished_at, error, succeeded_at) SELECT 'maintenance.archive-events',
         now() - interval '5 hours', now() - interval '5 hours', 'the disk is full', now() - interval '29 hours'`,
      'DELETE FROM maintenance_runs',
      [
        'duties',
        'warning',
        'maintenance.archive-events failed 5 h ago: the disk is full. It last succeeded 29 h ago.',
      ],
    ],
    [
      'a duty that has failed for days',
      `INSERT INTO maintenance_runs (task, started_at, finished_at, error, succeeded_at) SELECT 'maintenance.archive-events',
         now() - interval '5 hours', now() - interval '5 hours', 'Put it right.', now() - interval '4 days'`,
      'DELETE FROM maintenance_runs',
      [
        'duties',
        'failed',
        'maintenance.archive-events failed 5 h ago: Put it right. It last succeeded 4 days ago.',
      ],
    ],
    [
      'a duty that was killed',
      `INSERT INTO maintenance_runs (task, started_at) VALUES ('maintenance.archive-activity-logs', now() - interval '3 days')`,
      'DELETE FROM maintenance_runs',
      [
        'duties',
        'failed',
        'maintenance.archive-activity-logs began 3 days ago and has not ended. It never succeeded.',
      ],
    ],
    [
      'metrics that fall behind',
      `INSERT INTO rollup_dirty SELECT id, now(), now() - interval '5 minutes' FROM organizations`,
      'DELETE FROM rollup_dirty',
      ['metrics', 'warning', 'the metrics of 2 organizations are behind their events, the oldest by 5 min'],
    ],
  ] as const)('%s', async (_, plant, undo, [check, state, message]) => {
    await database.admin.query(`SET allow_system_table_mods = on; ${plant}`)
    try {
      const found = await complaints()
      expect(found).toContainEqual(
        expect.objectContaining({ check, state, message: expect.stringContaining(message) }),
      )
      for (const complaint of found) expect(complaint.remedy).toBeTruthy()
    } finally {
      await database.admin.query(undo)
    }
  })

  test('nothing any more when all of it was undone', async () => {
    expect(await complaints()).toEqual([])
  })

  test('a server that may lose what it has acknowledged', async () => {
    const message = expect.stringContaining('synchronous_commit is off')
    const setTo = async (value: string) => {
      await database.admin.query(`ALTER DATABASE ${database.name} SET synchronous_commit = ${value}`)
      const pool = createPool({ url: database.url, max: 1, name: 'doctor test' })
      const findings = await server({ pool, url: database.url })
      await pool.end()
      return findings
    }
    expect(await setTo('off')).toContainEqual(expect.objectContaining({ state: 'warning', message }))
    expect(await setTo('on')).not.toContainEqual(expect.objectContaining({ message }))
  })

  test('a worker that is missing where work waits for it', async () => {
    const worker = async () => (await examine(database)).find(({ check }) => check === 'worker')
    expect(await worker()).toMatchObject({ state: 'warning', message: 'no worker runs' })
    await database.admin.query('INSERT INTO rollup_dirty SELECT id, now(), now() FROM organizations')
    expect(await worker()).toMatchObject({ state: 'failed', remedy: expect.stringContaining('serve') })
    await database.admin.query(
      "INSERT INTO worker_heartbeats (id, host, process_id, version) VALUES (gen_random_uuid(), 'here', 1, '1')",
    )
    expect(await worker()).toMatchObject({ state: 'ok', message: '1 worker alive' })
    await database.admin.query(
      "UPDATE worker_heartbeats SET last_seen_at = now() - interval '3 minutes'; DELETE FROM rollup_dirty",
    )
    expect(await worker()).toMatchObject({ state: 'warning', message: expect.stringContaining('3 min ago') })
  })
})

test('of a database that nobody has migrated this is said, with what stands in the way, and no more', async () => {
  const empty = await createEmptyDatabase()
  try {
    const examined = await examine(empty)
    // The login of the tests may neither create roles nor tables: an administrator is told what to run.
    expect(examined.filter(({ check }) => check === 'migrations')).toEqual([
      {
        check: 'migrations',
        state: 'failed',
        message: 'the database is not migrated',
        remedy: 'run `tenantry migrate`',
      },
      expect.objectContaining({
        check: 'migrations',
        message: expect.stringContaining('migrate would be refused: The role'),
        sql: expect.arrayContaining([expect.stringContaining('tenantry_owner')]),
      }),
    ])
    expect(examined.at(-1)?.check).toBe('migrations')
  } finally {
    await empty.drop()
  }
})
