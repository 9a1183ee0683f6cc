import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, documentOf, runCli } from './run-cli.ts'

let database: TestDatabase
beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const tenantry = (args: string[]) => runCli(args, { env: { DATABASE_URL: database.url } })

test('says one line a finding, and exit code 1 where one has failed', async () => {
  await database.admin.query('ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY')
  try {
    const { exitCode, stdout } = await tenantry(['doctor'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('FAILED  row-level security: row-level security is not forced on invoices')
    expect(stdout).toContain('ALTER TABLE invoices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;')
    const { state, checks } = documentOf(await tenantry(['doctor', '--json']))
    expect(state).toBe('failed')
    expect(checks).toContainEqual({
      check: 'versions',
      state: 'ok',
      message: expect.stringContaining('PostgreSQL'),
    })
  } finally {
    await database.admin.query('ALTER TABLE invoices FORCE ROW LEVEL SECURITY')
  }
})

test('says so where nothing answers', async () => {
  const env = { DATABASE_URL: 'postgres://login:secret@127.0.0.1:1/nowhere' }
  const { exitCode, stdout } = await runCli(['doctor', '--json'], { env })
  expect(exitCode).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    state: 'failed',
    checks: [{ check: 'connection', state: 'failed' }],
  })
  expect(stdout).not.toContain('secret')
})
