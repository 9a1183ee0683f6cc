import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inRole } from '../../../src/database/transaction.ts'
import { importEvents, ingestEvents, openIngestion } from '../../../src/domains/analytics/index.ts'
import { removeArchived } from '../../../src/maintenance/archive/remove-archived.ts'
import { restoreEvents } from '../../../src/maintenance/archive/restore-month.ts'
import { type ArchiveScene, openArchiveScene } from './archive-scene.ts'

let scene: ArchiveScene
let month: string
beforeEach(async () => {
  scene = await openArchiveScene()
  month = scene.ago(150).toISOString().slice(0, 7)
})
afterEach(() => scene.drop())

/** Archives while somebody holds the table, so that the drop waits; with `SELECT` its partitions too, so that the freeze does. */
async function archiveWhile(holding: string): Promise<void> {
  const holder = await scene.database.admin.connect()
  try {
    await holder.query(`BEGIN; ${holding}`)
    await expect(scene.archive()).rejects.toMatchObject({ code: 'archive.month_in_use' })
    await holder.query('COMMIT')
  } finally {
    holder.release()
  }
}
const HOLD_TABLE = 'LOCK TABLE ONLY analytics_events IN ACCESS SHARE MODE'
const HOLD_PARTITIONS = 'SELECT FROM analytics_events'

const archive = async () =>
  (await scene.database.admin.query('SELECT id, state, frozen_events AS frozen FROM event_archives')).rows[0]

async function isFrozen(): Promise<boolean> {
  const { rows } = await scene.database.admin.query(
    `SELECT conrelid::regclass::text AS partition FROM pg_constraint WHERE conname = 'analytics_events_frozen'`,
  )
  if (rows.length > 0) expect(rows).toEqual([{ partition: `analytics_events_${month.replace('-', '_')}` }])
  return rows.length > 0
}

const ask = async (question: string) =>
  (
    await inRole(scene.database.pool, 'tenantry_jobs', tx =>
      tx.client.query(`SELECT ${question} AS answer`, [`${month}-01`]),
    )
  ).rows[0]?.answer

/** What all files of the month together give back, each event once. */
async function restored(): Promise<string[]> {
  const { rows } = await scene.database.admin.query<{ file: string }>('SELECT file FROM event_archives')
  const pieces: Buffer[] = []
  await restoreEvents(scene.store, {
    files: rows.map(({ file }) => file),
    append: async bytes => void pieces.push(Buffer.from(bytes)),
  })
  const lines = Buffer.concat(pieces).toString().trimEnd().split('\n')
  return lines.map(line => JSON.parse(line).id).sort()
}

const idsOf = (lines: readonly string[]) => lines.map(line => JSON.parse(line)[2]).sort()

describe('a partition whose archive is verified', () => {
  beforeEach(async () => {
    const { ago, cast } = scene
    await scene.write(cast.acme.id, [ago(150, 0), ago(150, 1), ago(150, 2)])
  })

  test('is frozen and counted; its events are read as before, until it goes', async () => {
    const before = await scene.stored()
    await archiveWhile(HOLD_TABLE)
    expect(await archive()).toMatchObject({ state: 'verified', frozen: 3 })
    expect(await isFrozen()).toBe(true)
    expect(await scene.stored()).toEqual(before)
    expect(await scene.archive()).toBe(3)
    expect(await archive()).toMatchObject({ state: 'deleted' })
    expect(await scene.archived()).toEqual(before)
  })

  test('is not frozen while somebody who may still write holds it', async () => {
    await archiveWhile(HOLD_PARTITIONS)
    expect(await archive()).toMatchObject({ state: 'verified', frozen: null })
    expect(await isFrozen()).toBe(false)
  })

  test('refuses an import into its month with the reason, and no neighbour; sent again it is stored and archived', async () => {
    const { ago, cast, database, now } = scene
    await archiveWhile(HOLD_TABLE)
    const event = (createdAt: Date) => ({
      id: uuidv7({ msecs: createdAt.getTime() }),
      event_type: 'message.created',
      created_at: createdAt.toISOString(),
      end_user_id: 'visitor',
    })
    // Globex has no event in that month and so no seal over it.
    const items = [event(ago(150, 9)), event(ago(2))]
    const file = async function* () {
      yield Buffer.from(items.map(item => JSON.stringify(item)).join('\n'))
    }
    const organizationId = cast.globex.id
    const importFile = () =>
      importEvents(database.pool, { organizationId, file, format: 'ndjson', now: () => now })
    await expect(importFile()).rejects.toMatchObject({
      code: 'analytics.month_frozen',
      kind: 'unavailable',
      message: expect.stringContaining(`events of ${month} are leaving`),
      details: { month, retry_after_seconds: 60 },
    })
    const ingestion = openIngestion(database.pool)
    const [refused, stored] = await Promise.allSettled([
      ingestEvents(ingestion, { organizationId, items, now }),
      ingestEvents(ingestion, { organizationId: cast.acme.id, items: [event(ago(1))], now }),
    ])
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'analytics.month_frozen' } })
    expect(stored).toMatchObject({ status: 'fulfilled', value: { inserted: 1 } })
    expect(await scene.stored()).toHaveLength(4)

    expect(await scene.archive()).toBe(3)
    expect(await importFile()).toMatchObject({ inserted: 2, rejected: [] })
    expect(await scene.archive()).toBe(1)
    expect(await scene.stored()).toHaveLength(2)
    expect(await restored()).toContain(items[0]?.id)
  })

  test('is not dropped when its files hold another number than was counted, and then takes events again', async () => {
    await archiveWhile(HOLD_TABLE)
    await scene.database.admin.query('UPDATE event_archives SET frozen_events = frozen_events + 1')
    expect(await ask('drop_archived_events($1)')).toBeNull()
    await scene.database.admin.query('DELETE FROM event_archive_chunks')
    const { id } = await archive()
    expect(await removeArchived(scene.database.pool, { id, month }, { attempts: 1 })).toBe(0)
    expect(await isFrozen()).toBe(false)
    expect(await scene.stored()).toHaveLength(3)
    expect(await scene.archive()).toBe(3)
  })

  test('is not dropped when somebody has lifted the freeze, whatever was counted', async () => {
    const { ago, cast, database } = scene
    await archiveWhile(HOLD_TABLE)
    await database.admin.query(
      `ALTER TABLE analytics_events_${month.replace('-', '_')} DROP CONSTRAINT analytics_events_frozen`,
    )
    await scene.write(cast.acme.id, [ago(150)])
    const before = await scene.stored()
    expect(await ask('drop_archived_events($1)')).toBeNull()
    expect(await scene.stored()).toEqual(before)
    expect(await scene.archive()).toBe(4)
    expect(await restored()).toEqual(idsOf(before))
  })

  test('is counted by none that is not frozen, and has none counted but what is in verified files', async () => {
    expect(await ask('count_frozen_events($1)')).toBeNull()
    expect(await ask('freeze_event_partition($1)')).toBe(false)
    await archiveWhile(HOLD_PARTITIONS)
    expect(await ask('count_frozen_events($1)')).toBeNull()
    expect(await ask('freeze_event_partition($1)')).toBe(true)
    expect(await ask('count_frozen_events($1)')).toBe(3)
    expect(await ask('thaw_event_partition($1)')).toBe(true)
    expect(await archive()).toMatchObject({ state: 'verified', frozen: null })
    expect(await ask('drop_archived_events($1)')).toBeNull()
  })
})

test('a month in which somebody has events that are not sealed is never frozen', async () => {
  const { ago, cast, database } = scene
  await scene.write(cast.acme.id, [ago(150)])
  await archiveWhile(HOLD_PARTITIONS)
  await scene.write(cast.globex.id, [ago(150)])
  const { id } = await archive()
  expect(await ask('freeze_event_partition($1)')).toBe(false)
  expect(await removeArchived(database.pool, { id, month }, { attempts: 1 })).toBe(1)
  expect(await scene.stored()).toHaveLength(1)
})

test('an event that came past the seal stops the drop: what the file holds goes, that one into another', async () => {
  const { ago, cast } = scene
  await scene.write(cast.acme.id, [ago(150, 0), ago(150, 2)])
  await scene.write(cast.globex.id, [ago(150)])
  await archiveWhile(HOLD_PARTITIONS)
  await scene.write(cast.acme.id, [ago(150, 1)])
  const before = await scene.stored()
  expect(await scene.archive()).toBe(4)
  expect(await scene.stored()).toEqual([])
  expect(await isFrozen()).toBe(false)
  expect(await restored()).toEqual(idsOf(before))
})

test('a file that is damaged while its month is frozen: writers have it back, and what it was for goes into another', async () => {
  const { ago, cast, store } = scene
  await scene.write(cast.acme.id, [ago(150, 0), ago(150, 1)])
  const before = await scene.stored()
  await archiveWhile(HOLD_TABLE)
  const [name = ''] = (await store.list()).filter(each => each.endsWith('.parquet'))
  await store.remove(name)
  await expect(scene.archive()).rejects.toMatchObject({ code: 'archive.damaged' })
  expect(await isFrozen()).toBe(false)
  expect(await scene.stored()).toEqual([])
  expect(await restored()).toEqual(idsOf(before))
})
