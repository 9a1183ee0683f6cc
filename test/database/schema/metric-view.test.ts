import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRole, inTenant } from '../../../src/database/transaction.ts'
import { insertCast } from '../../support/cast.ts'
import { createTestDatabase } from '../../support/database.ts'

const { admin, pool, drop } = await createTestDatabase()
beforeAll(async () => {
  await insertCast(admin)
  await admin.query(`
    INSERT INTO daily_metrics (organization_id, date, total_messages, response_time_sum_ms, response_time_count)
      SELECT id, (now() AT TIME ZONE 'UTC')::date - n, (1 + random() * 90)::int, ((n + 1) % 4 > 0)::int * (random() * 1e6)::int, (n + 1) % 4 * 10
      FROM organizations, generate_series(-1, 60) n WHERE name = 'Acme';
    INSERT INTO daily_active_users (organization_id, date, user_key)
      SELECT id, (now() AT TIME ZONE 'UTC')::date - n, sha256((random() * 200)::int::text::bytea)
      FROM organizations, generate_series(0, 60) n, generate_series(1, 20) WHERE name = 'Acme' ON CONFLICT DO NOTHING`)
})
afterAll(drop)

const refresh = () =>
  inRole(pool, 'tenantry_jobs', tx => tx.client.query('SELECT refresh_organization_metrics()'))

test('after a refresh it holds the last 30 days (UTC), merged from sums and sets, of every organization', async () => {
  await refresh()
  const { rows } = await admin.query(`
    SELECT name, user_count, total_messages, avg_response_time FROM mv_organization_metrics JOIN organizations ON id = organization_id ORDER BY name`)
  const { rows: naive } = await admin.query(`
    SELECT (SELECT count(DISTINCT user_key) FROM daily_active_users WHERE date > (now() AT TIME ZONE 'UTC')::date - 30) AS user_count,
      sum(total_messages) AS total_messages, round(sum(response_time_sum_ms) / sum(response_time_count), 2) AS avg_response_time
    FROM daily_metrics WHERE date BETWEEN (now() AT TIME ZONE 'UTC')::date - 29 AND (now() AT TIME ZONE 'UTC')::date`)
  expect(rows).toEqual([
    { name: 'Acme', ...naive[0] },
    { name: 'Globex', user_count: 0, total_messages: 0, avg_response_time: null },
  ])
})

test('it stays readable while it is refreshed', async () => {
  const reader = await admin.connect()
  await reader.query('BEGIN; SELECT FROM mv_organization_metrics')
  await refresh()
  await reader.query('COMMIT')
  reader.release()
})

test('a day without data leaves the average alone', async () => {
  await admin.query(`UPDATE daily_metrics SET response_time_sum_ms = 0, response_time_count = 0`)
  await refresh()
  const { rows } = await admin.query('SELECT DISTINCT avg_response_time FROM mv_organization_metrics')
  expect(rows).toEqual([{ avg_response_time: null }])
})

test('no tenant reads it', async () => {
  const read = inTenant(pool, '00000000-0000-4000-8000-000000000000', tx =>
    tx.selectFrom('mv_organization_metrics').selectAll().execute(),
  )
  await expect(read).rejects.toMatchObject({ code: '42501' })
})
