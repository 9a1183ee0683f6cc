import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ingestEvents, openIngestion } from '../../../src/domains/analytics/index.ts'
import { createPartitions } from '../../../src/maintenance/partitions.ts'
import { type ArchiveScene, openArchiveScene } from './archive-scene.ts'

let scene: ArchiveScene
beforeEach(async () => {
  scene = await openArchiveScene()
})
afterEach(() => scene.drop())

const partitions = async () =>
  (
    await scene.database.admin.query<{ name: string; bounds: string }>(
      `SELECT relname AS name, pg_get_expr(relpartbound, pg_class.oid) AS bounds
       FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'analytics_events'::regclass`,
    )
  ).rows

test('maintenance dead for 40 days, past the last partition, a long query on the table: events come in, partitions are made, only the drop waits', async () => {
  const { ago, cast, database, now } = scene
  await scene.write(cast.acme.id, [ago(150)])
  // The clock has passed the last partition: this month's and the next ones' are not there.
  for (const { name } of await partitions())
    if (name > `analytics_events_${ago(150).toISOString().slice(0, 7).replace('-', '_')}`)
      await database.admin.query(`DROP TABLE ${name}`)

  const reader = await database.admin.connect()
  try {
    await reader.query('BEGIN; SELECT count(*) FROM analytics_events')
    const ingestion = openIngestion(database.pool)
    const post = () =>
      ingestEvents(ingestion, {
        organizationId: cast.acme.id,
        items: [{ id: uuidv7(), event_type: 'message.created', end_user_id: 'visitor' }],
        now,
      })
    expect(await post()).toMatchObject({ inserted: 1, rejected: [] })
    expect(await createPartitions(database.pool, { now })).toBe(3)
    // While the drop is tried, and fails by itself, events go on coming in.
    const [drop, ...posted] = await Promise.allSettled([
      scene.archive({ attempts: 3 }),
      post(),
      post(),
      post(),
    ])
    expect(drop).toMatchObject({ status: 'rejected', reason: { code: 'archive.month_in_use' } })
    expect(posted).toMatchObject(Array(3).fill({ status: 'fulfilled', value: { inserted: 1 } }))
    expect(await partitions()).toHaveLength(7)
    await reader.query('COMMIT')
  } finally {
    reader.release()
  }
  expect((await partitions()).filter(({ bounds }) => bounds === 'DEFAULT')).toEqual([])
  expect(await scene.archive()).toBe(1)
  expect(await scene.archived()).toHaveLength(1)
  expect(await scene.stored()).toHaveLength(4)
})
