import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTenant } from '../../../src/database/transaction.ts'
import { rollUpDay, waitForMetrics } from '../../../src/domains/analytics/index.ts'
import { type Cast, insertCast } from '../../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let db: TestDatabase
let cast: Cast

beforeAll(async () => {
  db = await createTestDatabase()
  cast = await insertCast(db.admin)
})
afterAll(() => db.drop())
beforeEach(() => db.admin.query('TRUNCATE rollup_dirty, worker_heartbeats'))

const mark = () =>
  db.admin.query("INSERT INTO rollup_dirty (organization_id, bucket) VALUES ($1, '2024-02-10T12:00:00Z')", [
    cast.acme.id,
  ])

const beat = (secondsAgo: number) =>
  db.admin.query(
    `INSERT INTO worker_heartbeats (id, host, process_id, version, last_seen_at)
     VALUES (gen_random_uuid(), 'h', 1, '0', now() - make_interval(secs => $1))`,
    [secondsAgo],
  )

test('where nothing is behind there is nothing to wait for, not even a worker', async () => {
  await waitForMetrics(db.pool)
})

test.each([
  ['was ever seen', async () => {}],
  ['was seen for 15 seconds', () => beat(16)],
])('where metrics are behind and no worker %s, it is refused with what to do', async (_what, arrange) => {
  await mark()
  await arrange()
  await expect(waitForMetrics(db.pool)).rejects.toMatchObject({
    code: 'analytics.no_worker',
    message: expect.stringContaining('tenantry serve'),
  })
})

test('it waits for the roll-up to commit, not only for it to take the markers', async () => {
  await mark()
  await beat(0)
  let waited = false
  let waiting: Promise<void> = Promise.resolve()
  await inTenant(
    db.pool,
    cast.acme.id,
    async tx => {
      await rollUpDay(tx, { date: '2024-02-10' })
      const second = lookedTwice()
      waiting = waitForMetrics(db.pool, { onProgress: second.look }).then(() => {
        waited = true
      })
      await second.happened
      expect(waited).toBe(false)
    },
    'tenantry_jobs',
  )
  await waiting
  expect(waited).toBe(true)
})

function lookedTwice() {
  let look = () => {}
  const happened = new Promise<void>(resolve => {
    let looks = 0
    look = () => {
      looks += 1
      if (looks === 2) resolve()
    }
  })
  return { look, happened }
}
