import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Account } from './account.ts'
import { type Binaries, programs } from './binaries.ts'
import { binariesDoNotRun } from './errors.ts'
import { createEnterable } from './folder.ts'
import { findProcess } from './process-identity.ts'
import { whyNotRun } from './run-as.ts'

/**
 * Gives back a folder of binaries that the account can run: where npm put them if possible, else a copy in one of
 * `places` (npm may have skipped the links, the folder may be closed to the account or mounted read-only).
 */
export function prepareBinaries(
  binaries: Binaries,
  account: Account | undefined,
  places: readonly string[],
  log: (line: string) => void,
): string {
  tryToLink(binaries.links, binaries.root)
  let reason = whyNotRun(programs(binaries.root).postgres, account)
  if (!reason) return binaries.root
  for (const place of places) {
    const copy = join(place, `postgresql-${binaries.version}-${process.platform}-${process.arch}`)
    try {
      if (!existsSync(copy)) copyBinaries(binaries, copy, account)
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
      continue
    }
    reason = whyNotRun(programs(copy).postgres, account)
    if (reason) continue
    log(
      `PostgreSQL's programs run from ${copy}: ${account?.name ?? 'this user'} cannot run those in ${binaries.root}`,
    )
    return copy
  }
  throw binariesDoNotRun(programs(binaries.root).postgres, reason)
}

/** A copy appears whole or not at all. */
function copyBinaries(binaries: Binaries, copy: string, account: Account | undefined): void {
  const place = dirname(copy)
  createEnterable(place, account)
  removeUnfinished(place)
  const draft = join(place, `${UNFINISHED}${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    cpSync(binaries.root, draft, { recursive: true, verbatimSymlinks: true })
    link(binaries.links, draft)
    openToAll(draft)
    renameSync(draft, copy)
  } catch (error) {
    if (!existsSync(copy)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Makes the links that npm leaves out under --ignore-scripts; without them no program finds its libraries. */
function link(list: string, root: string): void {
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(root, relative('native', target))
    try {
      if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path)
    } catch (error) {
      if (!existsSync(path)) throw error // else another start made it just now
    }
  }
}

function tryToLink(list: string, root: string): void {
  try {
    link(list, root)
  } catch {
    // Read-only or another user's: the programs are then tried as they are, and copied where they do not run.
  }
}

/** Everyone may read and enter; an installer with a strict umask leaves that to its user alone. */
function openToAll(path: string): void {
  const found = statSync(path)
  if (!found.isDirectory()) {
    chmodSync(path, found.mode & 0o100 || dirname(path).endsWith('bin') ? 0o755 : 0o644)
    return
  }
  chmodSync(path, 0o755)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!entry.isSymbolicLink()) openToAll(join(path, entry.name))
  }
}

function removeUnfinished(place: string): void {
  for (const name of readdirSync(place)) {
    if (!name.startsWith(UNFINISHED) || findProcess(Number.parseInt(name.slice(UNFINISHED.length), 10)))
      continue
    rmSync(join(place, name), { recursive: true, force: true })
  }
}

const UNFINISHED = '.unfinished-'
