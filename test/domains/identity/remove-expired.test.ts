import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeExpired } from '../../../src/domains/identity/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
afterAll(() => database.drop())

test('what opens nothing any more goes, in every organization, and all else stays', async () => {
  const now = new Date()
  const secret = "encode(sha256(uuid_send(gen_random_uuid())), 'hex')"
  for (const { id, user } of [cast.acme, cast.globex]) {
    await database.admin.query(
      `INSERT INTO sessions (organization_id, user_id, token_hash, created_at, last_seen_at, user_agent)
       SELECT $1, $2, ${secret}, $3::timestamptz - opened::interval, $3::timestamptz - seen::interval, what
       FROM (VALUES ('20 days', '13 days', 'open'), ('20 days', '14 days', 'idle'), ('90 days', '1 hour', 'old'))
         AS given (opened, seen, what)`,
      [id, user.id, now],
    )
    await database.admin.query(
      `INSERT INTO one_time_links (organization_id, user_id, purpose, secret_hash, email, created_at, expires_at)
       SELECT $1, $2, 'reset_password', ${secret}, what || '@acme.test', $3::timestamptz - '60 days'::interval, $3::timestamptz - expired::interval
       FROM (VALUES ('29 days', 'lately'), ('30 days', 'long.ago')) AS given (expired, what)`,
      [id, user.id, now],
    )
  }
  await database.admin.query(
    `INSERT INTO sign_in_attempts (subject, attempts, last_attempt_at)
     VALUES ('account:lately', 3, $1::timestamptz - interval '23 hours'),
       ('account:yesterday', 3, $1::timestamptz - interval '1 day')`,
    [now],
  )
  await removeExpired(database.pool, { now })
  const { rows } = await database.admin.query(
    `SELECT array(SELECT user_agent FROM sessions) AS sessions, array(SELECT email FROM one_time_links) AS links,
       array(SELECT subject FROM sign_in_attempts) AS attempts`,
  )
  expect(rows).toEqual([
    {
      sessions: ['open', 'open'],
      links: ['lately@acme.test', 'lately@acme.test'],
      attempts: ['account:lately'],
    },
  ])
})
