import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inRole, inTenant, type TenantTx } from '../../../src/database/transaction.ts'
import {
  changeTimeZone,
  ingestEvents,
  openIngestion,
  recomputeDay,
  rollUpDay,
  sealDays,
} from '../../../src/domains/analytics/index.ts'
import { verifyFile } from '../../../src/maintenance/archive/verify-file.ts'
import type { AppError } from '../../../src/platform/errors.ts'
import { type ArchiveScene, fileLines, openArchiveScene } from './archive-scene.ts'

let scene: ArchiveScene
beforeEach(async () => {
  scene = await openArchiveScene()
})
afterEach(() => scene.drop())

const archives = async () =>
  (
    await scene.database.admin.query(
      'SELECT month::text, file, state, events FROM event_archives ORDER BY month, file',
    )
  ).rows
const partitions = async () =>
  (
    await scene.database.admin.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'analytics_events'::regclass ORDER BY 1",
    )
  ).rows.map(row => row.name)
const partitionOf = (instant: Date) =>
  `analytics_events_${instant.toISOString().slice(0, 7).replace('-', '_')}`

describe('what expires', () => {
  test('exactly the promised days stay: today and the ninety before it', async () => {
    const { ago, cast } = scene
    await scene.write(cast.acme.id, [ago(0, 0), ago(90, 0), ago(91, 1439), ago(91, 0), ago(100)])
    expect(await scene.archive()).toBe(3)
    const { rows } = await scene.database.admin.query<{ created_at: Date }>(
      'SELECT created_at FROM analytics_events ORDER BY 1',
    )
    expect(rows.map(row => row.created_at)).toEqual([ago(90, 0), ago(0, 0)])
    expect(await scene.archive()).toBe(0)
  })

  test('a day is the local day of the organization', async () => {
    const { ago, cast, database } = scene
    await database.admin.query("UPDATE organizations SET time_zone = 'Asia/Kolkata' WHERE id = $1", [
      cast.acme.id,
    ])
    const today = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(scene.now)
    const ahead = today('Asia/Kolkata') === today('UTC') ? 0 : 1
    // Midnight in Kolkata is 18:30 UTC of the day before.
    await scene.write(cast.acme.id, [ago(91 - ahead, 18 * 60 + 30), ago(91 - ahead, 18 * 60 + 29)])
    expect(await scene.archive()).toBe(1)
    const { rows } = await database.admin.query('SELECT created_at FROM analytics_events')
    expect(rows).toEqual([{ created_at: ago(91 - ahead, 18 * 60 + 30) }])
  })

  test('a plan that keeps them for longer does so, beside one that does not', async () => {
    const { ago, cast, database } = scene
    await database.admin.query("UPDATE organizations SET plan = 'enterprise' WHERE id = $1", [cast.globex.id])
    for (const { id } of [cast.acme, cast.globex]) await scene.write(id, [ago(200), ago(370)])
    expect(await scene.archive()).toBe(3)
    const { rows } = await database.admin.query('SELECT organization_id, created_at FROM analytics_events')
    expect(rows).toEqual([{ organization_id: cast.globex.id, created_at: ago(200) }])
    expect(await partitions()).toContain(partitionOf(ago(200)))
  })
})

test('whatever an event holds comes back exactly as it was', async () => {
  const { ago, cast, database } = scene
  await scene.write(cast.acme.id, [ago(95)])
  await database.admin.query(
    `INSERT INTO analytics_events (organization_id, id, created_at, event_type, resource_type, resource_id, properties, user_id,
       agent_id, conversation_id, end_user_id, received_at, clock_skewed)
     SELECT $1, uuid_generate_v4(), $2::timestamptz + n * interval '1 microsecond', E'ünïcode \\U0001F600 "x"', 'a' || n, uuid_generate_v4(),
       (ARRAY['{"n": 1e400, "m": 0.10000000000000000055, "tokens": 1e300, "s": "\\u2028\\"\\\\"}', '{}', '{"tokens": 0.1, "score": 1e-400, "response_time_ms": 1.5}'])[n]::jsonb,
       CASE n WHEN 1 THEN $3::uuid END, CASE n WHEN 2 THEN uuid_generate_v4() END, NULL, E'\\x01 é' || n, '1999-12-31 23:59:59.999999Z', n = 2
     FROM generate_series(1, 3) AS n`,
    [cast.acme.id, ago(95), cast.ada.id],
  )
  const before = await scene.stored()
  expect(await scene.archive()).toBe(4)
  expect(await scene.stored()).toEqual([])
  expect(await scene.archived()).toEqual(before)
})

test('a month that has expired for everybody goes with its partition, one that has not event by event', async () => {
  const { ago, cast, database } = scene
  await scene.write(cast.acme.id, [ago(150), ago(151)])
  await scene.write(cast.globex.id, [ago(150)])
  await scene.write(cast.acme.id, [ago(91), ago(90)])
  const before = await scene.stored()
  expect(await scene.archive()).toBe(4)
  expect(await partitions()).not.toContain(partitionOf(ago(150)))
  expect(await partitions()).toContain(partitionOf(ago(90)))
  expect((await archives()).map(({ state }) => state)).not.toContain('verified')
  expect([...(await scene.stored()), ...(await scene.archived())].sort()).toEqual(before)
  const { rows } = await database.admin.query('SELECT count(*)::int AS chunks FROM event_archive_chunks')
  expect(rows).toEqual([{ chunks: 0 }])
})

test('the two partitions that the specification names are emptied and stay', async () => {
  const { cast } = scene
  await scene.write(cast.acme.id, [new Date('2024-01-15T00:00:00Z'), new Date('2024-02-29T23:59:59Z')])
  expect(await scene.archive()).toBe(2)
  expect(await scene.stored()).toEqual([])
  expect(await partitions()).toEqual(
    expect.arrayContaining(['analytics_events_2024_01', 'analytics_events_2024_02']),
  )
})

test('more than one page and row group of an organization are one file, in order, and add up', async () => {
  const { ago, cast } = scene
  const many = Array.from({ length: 12_345 }, (_, n) => new Date(ago(120, 0).getTime() + n * 1_000))
  await scene.write(cast.globex.id, many)
  await scene.write(cast.acme.id, [ago(120)])
  const before = await scene.stored()
  expect(await scene.archive()).toBe(12_346)
  const [archive] = await archives()
  const lines = await fileLines(scene.store, archive.file)
  expect(lines).toEqual(before.toSorted())
  const manifest = await verifyFile(scene.store, archive)
  expect(manifest.organizations).toMatchObject([
    { organization_id: cast.globex.id, events: 12_345, tokens: 37_035 },
    { organization_id: cast.acme.id, events: 1, tokens: 3 },
  ])
})

describe('sealing', () => {
  const seal = (through: string) =>
    inTenant(scene.database.pool, scene.cast.acme.id, tx => sealDays(tx, { through }), 'tenantry_jobs')

  test('waits for the metrics: a day with markers is named and nothing is sealed', async () => {
    await scene.write(scene.cast.acme.id, [new Date('2026-03-05T10:00:00Z')])
    expect(await seal('2026-03-05')).toEqual({ behind: ['2026-03-05'] })
    expect((await scene.database.admin.query('SELECT FROM analytics_seals')).rowCount).toBe(0)
    await inTenant(
      scene.database.pool,
      scene.cast.acme.id,
      tx => rollUpDay(tx, { date: '2026-03-05' }),
      'tenantry_jobs',
    )
    expect(await seal('2026-03-05')).toEqual({ sealedUntil: new Date('2026-03-06T00:00:00Z') })
  })

  test('only ever moves forward', async () => {
    await seal('2026-03-05')
    expect(await seal('2026-03-01')).toEqual({ sealedUntil: new Date('2026-03-06T00:00:00Z') })
  })

  test('the metrics of what was archived are those of before', async () => {
    const { ago, cast, database } = scene
    await scene.write(cast.acme.id, [ago(150), ago(150), ago(91)])
    await scene.archive()
    const { rows } = await database.admin.query(
      'SELECT sum(total_messages)::int AS messages, sum(total_tokens)::int AS tokens FROM daily_metrics',
    )
    expect(rows).toEqual([{ messages: 3, tokens: 9 }])
    expect((await database.admin.query('SELECT FROM rollup_dirty')).rowCount).toBe(0)
  })
})

describe('a month whose events are archived', () => {
  const figures = async () =>
    (
      await scene.database.admin.query(
        `SELECT 'day' AS of, to_jsonb(daily_metrics) AS figures FROM daily_metrics UNION ALL SELECT 'agent', to_jsonb(agent_metrics) FROM agent_metrics
         UNION ALL SELECT 'user', to_jsonb(daily_active_users) FROM daily_active_users
         UNION ALL SELECT 'returns', to_jsonb(active_user_returns) FROM active_user_returns ORDER BY 1, 2`,
      )
    ).rows
  const asJobs = <T>(work: (tx: TenantTx) => Promise<T>) =>
    inTenant(scene.database.pool, scene.cast.acme.id, work, 'tenantry_jobs')
  let before: unknown[]
  beforeEach(async () => {
    const { ago, cast } = scene
    await scene.write(cast.acme.id, [ago(150), ago(150, 5), ago(149), ago(91), ago(1)], {
      agent_id: cast.acme.agent.id,
    })
    await scene.archive()
    await asJobs(tx => rollUpDay(tx, { date: ago(1).toISOString().slice(0, 10) }))
    before = await figures()
    expect(before.length).toBeGreaterThan(10)
  })

  test('keeps every figure through recomputation, roll-up, refresh and another zone', async () => {
    const { ago, database, cast } = scene
    for (const days of [150, 149, 91, 1])
      for (const work of [recomputeDay, rollUpDay])
        await asJobs(tx => work(tx, { date: ago(days).toISOString().slice(0, 10) }))
    await inRole(database.pool, 'tenantry_jobs', tx =>
      tx.client.query('SELECT refresh_organization_metrics()'),
    )
    expect(await figures()).toEqual(before)
    await database.admin.query("UPDATE organizations SET time_zone = 'Pacific/Chatham' WHERE id = $1", [
      cast.acme.id,
    ])
    await asJobs(changeTimeZone)
    for (const days of [150, 149, 91])
      await asJobs(tx => rollUpDay(tx, { date: ago(days).toISOString().slice(0, 10) }))
    const { rows } = await database.admin.query(
      'SELECT sum(total_messages)::int AS messages FROM daily_metrics JOIN analytics_seals USING (organization_id) WHERE date <= sealed_through',
    )
    expect(rows).toEqual([{ messages: 4 }])
  })

  test('takes no late event: it is rejected with the reason, counted, and nowhere stored', async () => {
    const { ago, cast, database, now } = scene
    const item = {
      id: uuidv7({ msecs: ago(150).getTime() }),
      event_type: 'message.created',
      created_at: ago(150).toISOString(),
    }
    // As a post, which has a floor, and as an import, which has none.
    for (const [lateDays, code] of [
      [7, 'analytics.event_too_late'],
      [undefined, 'analytics.day_sealed'],
    ] as const) {
      const items = [item]
      const late = await ingestEvents(openIngestion(database.pool), {
        organizationId: cast.acme.id,
        items,
        now,
        lateDays,
      })
      expect(late).toMatchObject({ inserted: 0, rejected: [{ index: 0, id: item.id, code }] })
    }
    expect(await scene.stored()).toHaveLength(1)
    expect(await figures()).toEqual(before)
  })
})

describe('the database deletes no event that is not archived', () => {
  const jobs = (sql: string, values: unknown[]) =>
    inRole(scene.database.pool, 'tenantry_jobs', tx => tx.client.query(sql, values))

  test('not for a file that was not verified', async () => {
    await jobs("INSERT INTO event_archives (id, month, file) VALUES ($1, '2026-01-01', 'x')", [
      scene.cast.acme.id,
    ])
    await expect(jobs('SELECT delete_archived_events($1)', [scene.cast.acme.id])).rejects.toThrow(
      'is not verified',
    )
  })

  test('nor a chunk that holds another number of events than were archived, nor one that is not sealed', async () => {
    const { ago, cast } = scene
    await scene.write(cast.acme.id, [ago(150), ago(150, 721)])
    const chunk = async (events: number) => {
      await jobs(
        `INSERT INTO event_archives (id, month, file, state, events, bytes, sha256, verified_at)
         VALUES ($1, date_trunc('month', $2::timestamptz), $3, 'verified', 1, 1, repeat('0', 64), now())`,
        [crypto.randomUUID(), ago(150), String(events)],
      )
      await jobs(
        `INSERT INTO event_archive_chunks SELECT id, $1, $2, '00000000-0000-0000-0000-000000000000', $3, 'ffffffff-ffff-ffff-ffff-ffffffffffff', $4
         FROM event_archives WHERE file = $5`,
        [cast.acme.id, ago(150, 0), ago(149, 0), events, String(events)],
      )
      const { rows } = await jobs(
        'SELECT delete_archived_events(id) AS deleted FROM event_archives WHERE file = $1',
        [String(events)],
      )
      return rows[0]?.deleted
    }
    expect(await chunk(2)).toBe(0)
    await scene.database.admin.query(
      `INSERT INTO analytics_seals (organization_id, sealed_through, sealed_until) VALUES ($1, $2::timestamptz::date, $2::timestamptz)`,
      [cast.acme.id, ago(100, 0)],
    )
    expect(await chunk(1)).toBe(0)
    expect(await chunk(3)).toBe(0)
    expect(await scene.stored()).toHaveLength(2)
  })

  test('nor a partition in which there is one more', async () => {
    const { ago, cast, database } = scene
    await scene.write(cast.acme.id, [ago(150)])
    await scene.write(cast.globex.id, [ago(150)])
    await database.admin.query("UPDATE organizations SET plan = 'enterprise' WHERE id = $1", [cast.globex.id])
    await scene.archive()
    const { rows } = await jobs('SELECT drop_archived_events($1) AS dropped', [ago(150)])
    expect(rows).toEqual([{ dropped: null }])
    expect(await scene.stored()).toHaveLength(1)
  })

  test('and no role may delete one by itself', async () => {
    for (const role of ['tenantry_tenant', 'tenantry_ingest', 'tenantry_admin', 'tenantry_jobs'] as const) {
      const attempt = inRole(scene.database.pool, role, tx => tx.client.query('DELETE FROM analytics_events'))
      await expect(attempt, role).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('a file that is not what was archived', () => {
  const verifiedOnly = async () => {
    const { ago, cast, database } = scene
    await scene.write(cast.acme.id, [ago(150), ago(151), ago(152)])
    // Somebody holds the table: the file is written and verified, and nothing can be dropped for it.
    const reader = await database.admin.connect()
    await reader.query('BEGIN; SELECT FROM analytics_events')
    await expect(scene.archive()).rejects.toMatchObject({ code: 'archive.month_in_use' })
    await reader.query('COMMIT')
    reader.release()
    const [archive] = await archives()
    expect(archive).toMatchObject({ state: 'verified', events: 3 })
    return archive.file as string
  }

  test.each([
    ['is cut off', (path: string) => truncateSync(path, 700)],
    ['is empty', (path: string) => truncateSync(path, 0)],
    [
      'has one other bit',
      (path: string) => {
        const bytes = readFileSync(path)
        bytes[200] = (bytes[200] ?? 0) ^ 1
        writeFileSync(path, bytes)
      },
    ],
  ])('%s: deletes nothing, and what it was for goes into another', async (_, damage) => {
    const file = await verifiedOnly()
    const before = await scene.stored()
    damage(join(scene.folder, file))
    const refusal: AppError = await scene.archive().then(
      () => undefined,
      error => error,
    )
    expect(refusal).toMatchObject({ code: 'archive.damaged', details: { file } })
    expect(await archives()).toMatchObject([{ state: 'deleted', events: 3 }])
    expect((await archives())[0].file).not.toBe(file)
    expect(await scene.archived()).toEqual(before)
    expect(await scene.archive()).toBe(0)
  })
})

test('a file that is damaged when some of its events have gone stays listed, and is what it was when it is put right', async () => {
  const { ago, cast, database, folder } = scene
  await scene.write(cast.acme.id, [ago(150)])
  await scene.write(cast.globex.id, [ago(151)])
  const reader = await database.admin.connect()
  await reader.query('BEGIN; SELECT FROM analytics_events')
  await expect(scene.archive()).rejects.toMatchObject({ code: 'archive.month_in_use' })
  await reader.query('COMMIT')
  reader.release()
  const [{ file }] = await archives()
  await inRole(database.pool, 'tenantry_jobs', tx =>
    tx.client.query('SELECT delete_archived_events(id) FROM event_archives'),
  )
  const sound = readFileSync(join(folder, file))
  truncateSync(join(folder, file), 700)
  await expect(scene.archive()).rejects.toMatchObject({ code: 'archive.damaged' })
  const statesOf = async () => (await archives()).map(({ state }) => state).sort()
  expect(await statesOf()).toEqual(['damaged', 'deleted'])
  expect(await scene.archive()).toBe(0)
  expect(await statesOf()).toEqual(['damaged', 'deleted'])
  writeFileSync(join(folder, file), sound)
  expect(await scene.archive()).toBe(0)
  expect(await statesOf()).toEqual(['deleted', 'deleted'])
})

test('two runs at once do not archive twice: the second is refused', async () => {
  await scene.write(scene.cast.acme.id, [scene.ago(150)])
  const results = await Promise.allSettled([scene.archive(), scene.archive()])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await scene.archived()).toHaveLength(1)
})
