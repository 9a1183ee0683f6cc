import { randomBytes } from 'node:crypto'
import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { folderInUse } from './errors.ts'
import { giveToOwner } from './folder.ts'
import { findProcess, isRunning } from './process-identity.ts'

type Holder = { pid: number; startedAt: string; since: string }

/**
 * Makes this process the only one that starts and stops the database of a folder, until the returned function is called.
 * A holder that was killed loses it; a living one is named in the refusal.
 */
export function takeOwnership(path: string): () => void {
  const mine = JSON.stringify(describeThisProcess())
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(draft, mine, { mode: 0o600 })
  giveToOwner(draft)
  try {
    while (!appear(draft, path)) {
      const found = readOrNothing(path)
      const holder = parseHolder(found)
      if (holder && isRunning(holder)) throw folderInUse(dirname(path), holder)
      discard(path, found, `${draft}.stale`)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    if (readOrNothing(path) === mine) rmSync(path, { force: true })
  }
}

function describeThisProcess(): Holder {
  const startedAt = findProcess(process.pid)?.startedAt ?? ''
  return { pid: process.pid, startedAt, since: new Date().toISOString() }
}

/** The lock appears whole or not at all, and only where there is none; a link does that on every ordinary file system. */
function appear(draft: string, path: string): boolean {
  try {
    try {
      linkSync(draft, path)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      copyFileSync(draft, path, constants.COPYFILE_EXCL)
    }
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock that was judged stale and no other: another process may have replaced it since. */
function discard(path: string, judged: string, aside: string): void {
  try {
    renameSync(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (readOrNothing(aside) !== judged) appear(aside, path)
  rmSync(aside, { force: true })
}

function parseHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
