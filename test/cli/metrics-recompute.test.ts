import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, documentOf, runCli } from './run-cli.ts'

let database: TestDatabase
let env: Record<string, string>
let organization: string

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  organization = (await insertCast(database.admin)).acme.id
  env = { DATABASE_URL: database.url }
  await database.admin.query(
    `INSERT INTO analytics_events (organization_id, event_type, created_at)
     VALUES ($1, 'message.created', '2024-02-10T12:00:00Z')`,
    [organization],
  )
})
afterAll(() => database.drop())

const recompute = (...words: string[]) =>
  runCli(['metrics', 'recompute', ...words, '--from', '2024-02-09', '--to', '2024-02-11'], { env })

test('says which days have changed, and on a second run that none has', async () => {
  const first = await recompute('--organization', organization, '--json')
  expect(documentOf(first)).toEqual({ days: 3, changed: ['2024-02-10'], sealed: [] })
  const second = await recompute('--org', organization)
  expect(second).toMatchObject({ exitCode: 0, stdout: 'recomputed 3 of 3 days; nothing has changed\n' })
})

test('says which days are archived', async () => {
  await database.admin.query(
    `INSERT INTO analytics_seals (organization_id, sealed_through, sealed_until)
     VALUES ($1, '2024-02-09', '2024-02-10T00:00:00Z')`,
    [organization],
  )
  const { stdout } = await recompute('--organization', organization)
  expect(stdout).toContain('recomputed 2 of 3 days')
  expect(stdout).toContain('archived, and left as they are: 2024-02-09')
})

test('is refused for an organization that is not there', async () => {
  const result = await recompute('--organization', 'dead0000-0000-4000-8000-000000000001', '--json')
  expect(result.exitCode).toBe(1)
  expect(documentOf(result).error).toMatchObject({ code: 'organizations.not_found' })
})
