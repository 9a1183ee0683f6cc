import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, documentOf, runCli } from './run-cli.ts'

let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  for (const { id } of [cast.acme, cast.globex])
    await database.admin.query(
      `INSERT INTO conversations (organization_id, started_at) VALUES ($1, '2026-03-01Z'), ($1, '1999-01-01Z')`,
      [id],
    )
})
afterAll(() => database.drop())

const backfill = (...args: string[]) =>
  runCli(['events', 'backfill', ...args], { env: { DATABASE_URL: database.url } })

test('one organization or all of them are told of; a row that makes no event is named', async () => {
  const one = await backfill('--organization', cast.acme.id, '--json')
  expect(one.exitCode).toBe(1)
  expect(documentOf(one)).toMatchObject({
    organizations: 1,
    inserted: { conversations: 1, messages: 0, workflow_executions: 0 },
    rejected: [{ table: 'conversations', code: 'analytics.created_at_too_old' }],
  })
  const all = await backfill()
  expect(all.stdout).toBe('events stored: 1 of conversations, 0 of messages, 0 of workflow executions\n')
  expect(all.stderr).toMatch(/^error: conversations \S+: .+\nerror: .+\nhint: .+\n$/)
})

test('an instant without its offset is refused', async () => {
  const result = await backfill('--before', '2026-03-01 10:00')
  expect(result.exitCode).toBe(2)
  expect(result.stderr).toContain('like 2026-11-22T09:30:00Z')
})
