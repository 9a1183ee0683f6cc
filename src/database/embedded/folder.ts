import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Account } from './account.ts'
import { dataOutOfReach, folderOfAnother, folderUnusable, locationMissing, noPlace } from './errors.ts'
import { canEnter } from './run-as.ts'

/** Where one embedded database keeps what belongs to it. */
export type DatabaseFolder = {
  home: string
  data: string
  passwords: string
  port: string
  log: string
  owner: string
}

/** Places for a database whose wanted folder its account cannot enter: never a temporary folder, which is emptied. */
export const PLACES: readonly string[] = ['/var/lib/tenantry', '/opt/tenantry', '/srv/tenantry']

/** The folder of the database that `dataDir` already has: inside it, or where its pointer says. */
export function findFolder(dataDir: string): DatabaseFolder | undefined {
  const pointer = join(resolve(dataDir), POINTER)
  const inside = join(resolve(dataDir), INSIDE)
  if (existsSync(pointer)) {
    const location = readFileSync(pointer, 'utf8').trim()
    if (!existsSync(location)) throw locationMissing(pointer, location)
    return describe(location)
  }
  if (!existsSync(inside)) return undefined
  const folder = describe(realpathSync(inside))
  return existsSync(folder.data) ? folder : undefined
}

/** Creates the folder for a new database: inside `dataDir`, or in one of `places` where the account cannot enter that. */
export function createFolder(
  dataDir: string,
  account: Account | undefined,
  log: (line: string) => void,
  places: readonly string[] = PLACES,
): DatabaseFolder {
  const wanted = resolve(dataDir)
  const inside = join(wanted, INSIDE)
  createEnterable(inside, account)
  if (canEnter(inside, account)) return describe(realpathSync(inside))
  const location = point(join(wanted, POINTER), findPlace(realpathSync(wanted), account, places))
  removeIfEmpty(inside)
  log(`The database is kept in ${location}: ${account?.name}, which runs PostgreSQL, cannot enter ${wanted}`)
  return describe(location)
}

/** Refuses data that its own account can no longer reach: a new, empty database in its stead would look like a loss. */
export function assertReachable(folder: DatabaseFolder, account: Account | undefined): void {
  if (!canEnter(folder.home, account)) throw dataOutOfReach(folder.data, account?.name ?? '')
}

/** What root writes for a database of another user stays that user's to rewrite: one `sudo` must not lock its owner out. */
export function giveToOwner(path: string): void {
  const { uid, gid } = statSync(dirname(path))
  if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid)
}

function findPlace(wanted: string, account: Account | undefined, places: readonly string[]): string {
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  for (const place of places) {
    try {
      const location = firstWithoutData(join(place, name))
      createEnterable(place, account)
      createEnterable(location, account)
      if (canEnter(location, account)) return location
    } catch {
      // A system may lack one of the places or keep it read-only.
    }
  }
  throw noPlace(wanted, account?.name ?? '', places)
}

/** Data of an earlier folder of this name stays as it is: whoever removed the pointer to it wanted a new database. */
function firstWithoutData(location: string): string {
  let free = location
  for (let nth = 2; existsSync(join(free, 'data')); nth++) free = `${location}-${nth}`
  return free
}

/** The first of two starts at once decides where the database is. */
function point(pointer: string, location: string): string {
  try {
    writeFileSync(pointer, `${location}\n`, { flag: 'wx' })
    return location
  } catch (error) {
    if (!existsSync(pointer)) throw error
    return readFileSync(pointer, 'utf8').trim()
  }
}

/** Creates a folder that lets the account through to what is its own in there; what is secret in it has its own mode. */
export function createEnterable(folder: string, account: Account | undefined): void {
  try {
    const first = mkdirSync(folder, { recursive: true, mode: account ? 0o755 : 0o700 })
    if (!first || !account) return
    // A strict umask closed what was created, and nothing else is to be opened.
    for (let path = folder; path.length >= first.length; path = dirname(path)) chmodSync(path, 0o755)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw error.code === 'EACCES' ? folderOfAnother(folder) : folderUnusable(folder, `${error.code}`)
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Another start may have removed it, or it holds something that is not ours to remove.
  }
}

/** A folder that this user may not write to is another's, whatever is in it. */
function describe(home: string): DatabaseFolder {
  try {
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw folderOfAnother(home)
  }
  return {
    home,
    data: join(home, 'data'),
    passwords: join(home, 'passwords.json'),
    port: join(home, 'port'),
    log: join(home, 'postgresql.log'),
    owner: join(home, 'owner.json'),
  }
}

const POINTER = 'postgresql.location'
const INSIDE = 'postgresql'
