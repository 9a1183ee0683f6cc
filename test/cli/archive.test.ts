import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ArchiveScene, openArchiveScene } from '../maintenance/archive/archive-scene.ts'
import { documentOf, runCli } from './run-cli.ts'

let scene: ArchiveScene
let month: string
beforeAll(async () => {
  scene = await openArchiveScene()
  const { cast, ago } = scene
  month = ago(150).toISOString().slice(0, 7)
  await scene.write(cast.acme.id, [ago(150, 0)], { properties: { n: 1.5, text: 'ä' } })
  await scene.write(cast.globex.id, [ago(150, 1)])
})
afterAll(() => scene.drop())

const tenantry = (...args: string[]) =>
  runCli(args, { env: { DATABASE_URL: scene.database.url, TENANTRY_ARCHIVE_DIR: scene.folder } })

test('a duty is done now, and what it did is told', async () => {
  expect(await tenantry('archive', 'list')).toMatchObject({
    exitCode: 0,
    stderr: 'No event has expired yet, so the archive is empty.\n',
  })
  const run = await tenantry('maintain', 'run', 'archive-events', '--json')
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(documentOf(run)).toMatchObject({ task: 'maintenance.archive-events', rows: 2 })
  const status = documentOf(await tenantry('maintain', 'status', '--json')).data
  expect(status).toContainEqual(
    expect.objectContaining({
      task: 'maintenance.archive-events',
      rows: 2,
      error: null,
      next_run_at: expect.stringMatching(/T02:31:00.000Z$/),
    }),
  )
  expect(status).toContainEqual(expect.objectContaining({ task: 'mail.prune', started_at: null }))
  expect((await tenantry('maintain', 'status')).stdout).toMatch(
    /maintenance\.archive-events\n {2}last .* s, 2 rows\n {2}next /,
  )
})

test('a duty that is none is refused with the nearest', async () => {
  const refused = await tenantry('maintain', 'run', 'maintenance.archive-event')
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('did you mean maintenance.archive-events?')
})

test('the archive is listed and verified', async () => {
  expect(documentOf(await tenantry('archive', 'list', '--json'))).toMatchObject({
    place: scene.folder,
    data: [{ month, state: 'deleted', events: 2 }],
  })
  expect(await tenantry('archive', 'verify', month)).toMatchObject({
    exitCode: 0,
    stdout: '1 of 1 files are what was archived\n',
  })
})

test('a month is read back as it is imported, for one organization or for all', async () => {
  const file = join(scene.folder, 'back.ndjson')
  expect(await tenantry('archive', 'restore', month, '--to', file)).toMatchObject({
    exitCode: 0,
    stdout: `2 events of ${month} written to ${file}\n`,
  })
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(lines.map(({ organization_id }) => organization_id)).toEqual([
    scene.cast.globex.id,
    scene.cast.acme.id,
  ])
  const one = await tenantry('archive', 'restore', month, '--to', file, '--organization', scene.cast.acme.id)
  expect(one.exitCode).toBe(0)
  expect(
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
  ).toEqual([
    {
      id: expect.any(String),
      event_type: 'message.created',
      created_at: scene.ago(150, 0).toISOString().replace('Z', '000Z'),
      end_user_id: 'visitor',
      properties: { n: 1.5, text: 'ä' },
    },
  ])
})

test('a month that was never archived, and one that is none, are refused', async () => {
  const never = await tenantry('archive', 'restore', '2001-01', '--to', join(scene.folder, 'x'))
  expect(never).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('No events of 2001-01 are in the archive'),
  })
  expect((await tenantry('archive', 'verify', '2001-13')).exitCode).toBe(2)
})

test('a file that no archive knows of is named', async () => {
  const name = `events/${month}/stray.parquet`
  writeFileSync(join(scene.folder, name), '')
  const verified = await tenantry('archive', 'verify', month)
  expect(verified.stdout).toBe('1 of 1 files are what was archived\n')
  expect(verified.stderr).toMatch(new RegExp(`^${name} belongs to no archive that the database knows.*\n$`))
  expect(documentOf(await tenantry('archive', 'verify', month, '--json'))).toMatchObject({ unlisted: [name] })
  rmSync(join(scene.folder, name))
  expect((await tenantry('archive', 'verify', month)).stderr).toBe('')
})

test('a damaged file that was put right is listed as what it was when it is verified', async () => {
  await scene.database.admin.query("UPDATE event_archives SET state = 'damaged', deleted_at = NULL")
  expect((await tenantry('archive', 'verify')).exitCode).toBe(0)
  expect(documentOf(await tenantry('archive', 'list', '--json')).data).toMatchObject([{ state: 'deleted' }])
})

test('a file that was cut off is found, and not read back', async () => {
  const folder = join(scene.folder, 'events', month)
  const name = readdirSync(folder).find(each => each.endsWith('.parquet')) ?? ''
  truncateSync(join(folder, name), 100)
  const found = await tenantry('archive', 'verify')
  expect(found).toMatchObject({ exitCode: 1, stdout: '0 of 1 files are what was archived\n' })
  expect(found.stderr).toContain('it has 100 bytes and not')
  const restored = await tenantry('archive', 'restore', month, '--to', join(scene.folder, 'damaged.ndjson'))
  expect(restored.exitCode).toBe(1)
  expect(readdirSync(scene.folder)).not.toContain('damaged.ndjson')
})
