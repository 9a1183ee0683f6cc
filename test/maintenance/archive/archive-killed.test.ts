import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { ArchiveStore } from '../../../src/platform/archive-store.ts'
import { type CompiledSource, compileSource } from '../../support/compile.ts'
import { type ArchiveScene, openArchiveScene } from './archive-scene.ts'

let compiled: CompiledSource
let scene: ArchiveScene
beforeAll(() => {
  compiled = compileSource()
})
afterAll(() => compiled.remove())
beforeEach(async () => {
  scene = await openArchiveScene()
})
afterEach(() => scene.drop())

/** Every event is in the table or in a file that is the only place of it, once: none in both answers, none in neither. */
async function expectAll(events: readonly string[]): Promise<void> {
  const kept = [...(await scene.stored()), ...(await scene.archived())].sort()
  const [before, after] = [new Set(events), new Set(kept)]
  expect(events.filter(line => !after.has(line)).slice(0, 3), 'lost').toEqual([])
  expect(kept.filter(line => !before.has(line)).slice(0, 3), 'from nowhere').toEqual([])
  expect(kept, 'twice').toHaveLength(events.length)
}

/** Ends every further step with an error, as the end of the process would; the steps before are committed. */
class Crash extends Error {}

function crashing(after: number) {
  let steps = 0
  const step = () => {
    steps += 1
    if (steps > after) throw new Crash(`step ${steps}`)
  }
  const pool = new Proxy(scene.database.pool, {
    get: (target, name) =>
      name === 'connect'
        ? async () => {
            step()
            return target.connect()
          }
        : Reflect.get(target, name),
  }) as pg.Pool
  const { store } = scene
  const crashingStore: ArchiveStore = {
    ...store,
    async write(name, produce) {
      step()
      return store.write(name, async append => {
        await produce(append)
        step()
      })
    },
    async read(name, use) {
      step()
      return store.read(name, use)
    },
    async remove(name) {
      step()
      return store.remove(name)
    },
  }
  return { pool, store: crashingStore }
}

test('ended at any step and begun again, it loses nothing and stores nothing twice', async () => {
  const { ago, cast } = scene
  let after = 1
  for (let ended = 'crashed'; ended === 'crashed'; after++) {
    // A month that goes whole, and one of which only days go.
    await scene.write(cast.acme.id, [ago(150), ago(151), ago(95, after)])
    await scene.write(cast.globex.id, [ago(150)])
    const events = await scene.stored()
    ended = await scene.archive(crashing(after)).then(
      () => 'done',
      error => (error instanceof Crash ? 'crashed' : Promise.reject(error)),
    )
    await expectAll(events)
    await scene.archive()
    await expectAll(events)
    expect(await scene.stored()).toEqual([])
    await startOver()
  }
  expect(after).toBeGreaterThan(30)
}, 240_000)

test('ended at any step where the month holds more than its file, it loses nothing', async () => {
  const { ago, cast, database } = scene
  let after = 1
  for (let ended = 'crashed'; ended === 'crashed'; after++) {
    await scene.write(cast.acme.id, [ago(150), ago(151)])
    await scene.write(cast.globex.id, [ago(150)])
    const reader = await database.admin.connect()
    await reader.query('BEGIN; SELECT FROM analytics_events')
    await expect(scene.archive()).rejects.toMatchObject({ code: 'archive.month_in_use' })
    await reader.query('COMMIT')
    reader.release()
    // Past the seal, as only somebody can who is bound by nothing: frozen and counted, then thawed and left chunk by chunk.
    await scene.write(cast.acme.id, [ago(150, after)])
    const events = new Set(await scene.stored())
    ended = await scene.archive(crashing(after)).then(
      () => 'done',
      error => (error instanceof Crash ? 'crashed' : Promise.reject(error)),
    )
    const expectNoneLost = async () =>
      expect(new Set([...(await scene.stored()), ...(await scene.archived())])).toEqual(events)
    await expectNoneLost()
    await scene.archive()
    await expectNoneLost()
    expect(await scene.stored()).toEqual([])
    await startOver()
  }
  expect(after).toBeGreaterThan(20)
}, 240_000)

/** Forgets seals and archive, in which no file may lie but those that are listed, each with its manifest. */
async function startOver(): Promise<void> {
  const { rows } = await scene.database.admin.query<{ file: string; state: string }>(
    'DELETE FROM event_archives RETURNING file, state',
  )
  expect(rows.filter(({ state }) => state !== 'deleted')).toEqual([])
  const listed = rows.flatMap(({ file }) => [file, file.replace('.parquet', '.json')])
  expect(await scene.store.list()).toEqual(listed.sort())
  for (const name of listed) await scene.store.remove(name)
  await scene.database.admin.query('DELETE FROM analytics_seals')
}

test.each([
  ['while the file is written', "state = 'writing'"],
  ['when the file is verified', "state = 'verified'"],
  [
    'while events are deleted',
    "state = 'verified' AND (SELECT sum(events) FROM event_archive_chunks) < 40000",
  ],
])(
  'killed (SIGKILL) %s, the next run goes on',
  async (_, moment) => {
    const { ago, cast, database } = scene
    const many = Array.from({ length: 40_000 }, (_, n) => new Date(ago(95, 0).getTime() + n * 1_000))
    await scene.write(cast.acme.id, many)
    // One that stays, so that the month is left chunk by chunk.
    await database.admin.query("UPDATE organizations SET plan = 'enterprise' WHERE id = $1", [cast.globex.id])
    await scene.write(cast.globex.id, [ago(95)])
    const events = await scene.stored()

    const archiver = startArchiver()
    const ended = once(archiver, 'exit')
    await vi.waitFor(
      async () => {
        const { rowCount } = await database.admin.query(`SELECT FROM event_archives WHERE ${moment}`)
        expect(rowCount).toBe(1)
      },
      { timeout: 30_000, interval: 2 },
    )
    archiver.kill('SIGKILL')
    await ended
    await expectAll(events)
    await vi.waitFor(async () => expect(await scene.archive()).toBeGreaterThanOrEqual(0), { timeout: 10_000 })
    await expectAll(events)
    expect(await scene.stored()).toHaveLength(1)
  },
  60_000,
)

const FROZEN = "EXISTS (SELECT FROM pg_constraint WHERE conname = 'analytics_events_frozen')"

test.each([
  [
    'when the partition is frozen and its count not kept',
    `${FROZEN} AND frozen_events IS NULL`,
    'SELECT pg_advisory_xact_lock(4711)',
  ],
  [
    'when the partition is counted and not dropped',
    'frozen_events = 2',
    'LOCK TABLE ONLY analytics_events IN ACCESS SHARE MODE',
  ],
])(
  'killed (SIGKILL) %s, the next run drops it',
  async (_, moment, holding) => {
    const { ago, cast, database } = scene
    await scene.write(cast.acme.id, [ago(150), ago(151)])
    const events = await scene.stored()
    await database.admin.query(`
    CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END';
    CREATE TRIGGER wait_for_test BEFORE UPDATE OF frozen_events ON event_archives
      FOR EACH ROW EXECUTE FUNCTION wait_for_test()`)
    const blocker = await database.admin.connect()
    await blocker.query(`BEGIN; ${holding}`)
    const archiver = startArchiver()
    const ended = once(archiver, 'exit')
    await vi.waitFor(
      async () => {
        const found = `SELECT FROM event_archives WHERE state = 'verified' AND ${moment}`
        expect((await database.admin.query(found)).rowCount).toBe(1)
      },
      { timeout: 30_000, interval: 2 },
    )
    archiver.kill('SIGKILL')
    await ended
    await blocker.query('COMMIT')
    blocker.release()
    await expectAll(events)
    await vi.waitFor(async () => expect(await scene.archive()).toBe(2), { timeout: 10_000 })
    await expectAll(events)
    expect(await scene.stored()).toEqual([])
  },
  60_000,
)

function startArchiver(): ChildProcess {
  const program = fileURLToPath(new URL('archiver-process.mjs', import.meta.url))
  return spawn(process.execPath, [program, compiled.directory, scene.database.url, scene.folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}
