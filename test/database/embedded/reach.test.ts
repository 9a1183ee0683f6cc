import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../../../src/database/embedded/index.ts'
import { Holder } from './support/holder.ts'
import { compile, install, makeFolder, nativeFolder, removeLinks } from './support/installation.ts'

const isRoot = process.getuid?.() === 0
/** Two users that exist everywhere; initdb refuses one that has no name. */
const ADA = accountNamed('nobody')
const BOB = accountNamed('daemon')
const folder = makeFolder()
/** Databases that went elsewhere; the programs beside them stay, since another database may run from them. */
const elsewhere: string[] = []
const installation = join(folder, 'installation')
let door: string
beforeAll(() => {
  compile(join(folder, 'compiled'))
  door = install(installation, join(folder, 'compiled'))
})
afterAll(async () => {
  await Holder.stopAll()
  rmSync(folder, { recursive: true, force: true })
  for (const path of elsewhere) rmSync(path, { recursive: true, force: true })
})

test('after `npm ci --ignore-scripts` the links to the libraries are made', async () => {
  const links = removeLinks(nativeFolder(installation))
  expect(links.filter(existsSync)).toEqual([])
  const holder = new Holder(door, join(folder, 'without-scripts-data'))
  await holder.hear('started')
  await holder.stop()
  expect(links.filter(path => !existsSync(path))).toEqual([])
})

describe.skipIf(!isRoot)('as root (skipped for every other user)', () => {
  test('a clone that only root may enter works: programs and data go to a place that is no temporary folder', async () => {
    const clone = makeFolder(0o700, folder)
    const closed = install(clone, join(folder, 'compiled'))
    const dataDir = join(clone, '.tenantry')
    const holder = new Holder(closed, dataDir)
    const started = await holder.hear('started')
    elsewhere.push(started.dataDir)
    expect(started.dataDir.startsWith(clone)).toBe(false)
    expect(started.dataDir.startsWith(tmpdir())).toBe(false)
    expect(holder.lines).toContain(`The database is kept in ${started.dataDir}`)
    expect(holder.lines).toContain(`cannot run those in ${nativeFolder(clone)}`)
    expect(statSync(join(started.dataDir, 'data')).mode & 0o777).toBe(0o700)
    expect(statSync(join(started.dataDir, 'passwords.json'))).toMatchObject({ uid: 0, mode: 0o100600 })

    // Other commands of the clone find it, and so does its next start.
    expect(await findEmbeddedPostgres(dataDir)).toMatchObject({ pid: started.pid, dataDir: started.dataDir })
    await expect(startEmbeddedPostgres({ dataDir, log: () => undefined })).rejects.toMatchObject({
      code: 'database.folder_in_use',
      details: { pid: holder.pid },
    })
    await holder.stop()
    const again = new Holder(closed, dataDir)
    expect(await again.hear('started')).toMatchObject({ dataDir: started.dataDir, url: started.url })
    await again.stop()

    // A clone made anew at the same path begins empty, and leaves the former database where it is.
    rmSync(dataDir, { recursive: true })
    const anew = new Holder(closed, dataDir)
    const second = await anew.hear('started')
    elsewhere.push(second.dataDir)
    expect(second.dataDir).not.toBe(started.dataDir)
    expect(existsSync(join(started.dataDir, 'data/PG_VERSION'))).toBe(true)
    await anew.stop()

    // A pointer to what is gone is refused: an empty database in its stead would look like a loss.
    rmSync(second.dataDir, { recursive: true })
    await expect(startEmbeddedPostgres({ dataDir, log: () => undefined })).rejects.toMatchObject({
      code: 'database.location_missing',
    })
  })

  test('data that became unreachable for their account are refused, not replaced', async () => {
    const parent = makeFolder(0o755, folder)
    const dataDir = join(parent, 'data')
    const database = await startEmbeddedPostgres({ dataDir, log: () => undefined })
    await database.stop()
    chmodSync(parent, 0o700)
    await expect(startEmbeddedPostgres({ dataDir, log: () => undefined })).rejects.toMatchObject({
      code: 'database.data_out_of_reach',
      message: expect.stringContaining('chmod o+x'),
    })
    chmodSync(parent, 0o755)
    await (await startEmbeddedPostgres({ dataDir, log: () => undefined })).stop()
  })

  test('another user runs a database of its own, which one start by root does not take from it', async () => {
    const home = makeFolder(0o755, folder)
    chownSync(home, ADA.uid, ADA.gid)
    const dataDir = join(home, '.tenantry')
    const first = new Holder(door, dataDir, ADA)
    const { pid, dataDir: place } = await first.hear('started')
    expect(place).toBe(join(dataDir, 'postgresql'))
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${ADA.uid}\\s`, 'm'))
    expect(statSync(place).mode & 0o777).toBe(0o700)
    await first.stop()

    const asRoot = await startEmbeddedPostgres({ dataDir, log: () => undefined })
    expect(readFileSync(`/proc/${asRoot.pid}/status`, 'utf8')).toMatch(
      new RegExp(`^Uid:\\s+${ADA.uid}\\s`, 'm'),
    )
    await asRoot.stop()
    expect(readdirSync(place).filter(name => statSync(join(place, name)).uid !== ADA.uid)).toEqual([])

    const again = new Holder(door, dataDir, ADA)
    await again.hear('started')
    await again.stop()

    const bob = new Holder(door, dataDir, BOB)
    expect(await bob.hear('refused')).toMatchObject({ code: 'database.folder_of_another_user' })
  })

  test('programs that another user installed without links are copied beside the data', async () => {
    removeLinks(nativeFolder(installation))
    const home = makeFolder(0o755, folder)
    chownSync(home, ADA.uid, ADA.gid)
    const holder = new Holder(door, join(home, '.tenantry'), ADA)
    await holder.hear('started')
    expect(holder.lines).toContain(join(home, '.tenantry/postgresql-'))
    await holder.stop()
  })

  test('the folder of a database that root keeps is refused to another user by name', async () => {
    const dataDir = join(makeFolder(0o755, folder), 'kept')
    mkdirSync(dataDir)
    const database = await startEmbeddedPostgres({ dataDir, log: () => undefined })
    const ada = new Holder(door, dataDir, ADA)
    expect(await ada.hear('refused')).toMatchObject({
      code: 'database.folder_of_another_user',
      message: expect.stringContaining(dataDir),
    })
    await database.stop()
  })
})

function accountNamed(name: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(each => each.startsWith(`${name}:`))
  const [, , uid, gid] = (line ?? '').split(':')
  return { uid: Number(uid), gid: Number(gid) }
}
