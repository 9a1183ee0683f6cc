import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/http/context.ts'
import { insertCast } from '../../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { buildTestServer } from '../../../support/server.ts'

let database: TestDatabase
let app: App
const TOKEN = 'a token of sixteen and more'

beforeAll(async () => {
  database = await createTestDatabase()
  const { acme } = await insertCast(database.admin)
  await database.admin.query(
    `INSERT INTO rollup_dirty (organization_id, bucket, marked_at) VALUES ('${acme.id}', now(), now() - interval '90 seconds');
     UPDATE metric_audit SET audited_days = 12, drifted_days = 3`,
  )
  app = await buildTestServer(database, { environment: { TENANTRY_METRICS_TOKEN: TOKEN } })
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const elsewhere = { url: '/metrics', remoteAddress: '203.0.113.7' }

test('a Prometheus reads what the database knows, whichever process it asks, and how this one does', async () => {
  const answer = await app.inject({ url: '/metrics' })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4')
  expect(answer.body).toContain('tenantry_metric_drift_total 3\n')
  expect(answer.body).toContain('tenantry_metric_audited_total 12\n')
  expect(answer.body).toContain('tenantry_metric_markers 1\n')
  expect(answer.body).toMatch(/tenantry_metric_lag_seconds 9\d\./)
  expect(answer.body).toContain('tenantry_queue_due_jobs 0\n')
  expect(answer.body).toContain('process_cpu_seconds_total')
})

test('from elsewhere it is there for whoever has the token, and for nobody else', async () => {
  const ask = (authorization?: string) =>
    app.inject({ ...elsewhere, headers: authorization === undefined ? {} : { authorization } })
  expect((await ask(`Bearer ${TOKEN}`)).statusCode).toBe(200)
  expect((await ask(`Bearer ${TOKEN}x`)).statusCode).toBe(404)
  expect((await ask()).statusCode).toBe(404)
  // Behind a proxy everybody comes from this machine.
  const proxied = { url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.7' } }
  expect((await app.inject(proxied)).statusCode).toBe(404)
})
