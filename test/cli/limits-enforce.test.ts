import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, documentOf, runCli } from './run-cli.ts'

let database: TestDatabase
beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('limits enforce says which limits bind whom', async () => {
  const env = { DATABASE_URL: database.adminUrl }
  const result = await runCli(['limits', 'enforce', '--json'], { env })
  expect(result.exitCode).toBe(0)
  expect(documentOf(result)).toEqual({
    limits: [
      { table: 'users', changed: false },
      { table: 'agents', changed: false },
    ],
  })
  const refused = await runCli(['limits', 'enforce'], { env: { DATABASE_URL: database.url } })
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toContain('the role that owns the database')
})
