import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { findProcess, type ProcessIdentity } from './process-identity.ts'

/** The server process of a data folder, as its postmaster.pid names it and the system confirms. */
export type Postmaster = ProcessIdentity & { port: number; ready: boolean }

/**
 * The living server process of this data folder. A pid file left by a killed server, one whose pid now belongs to
 * another program, and one that was copied together with a folder all count as none.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const [pid, writtenFor = '', , port, , , , status = ''] = readLines(join(data, 'postmaster.pid'))
  const found = findProcess(Number(pid))
  if (!found || (found.command !== '' && !found.command.startsWith('postgres'))) return undefined
  if (resolved(workingFolderOf(found.pid) ?? writtenFor) !== resolved(data)) return undefined
  return { pid: found.pid, startedAt: found.startedAt, port: Number(port), ready: status.trim() === 'ready' }
}

/** The server works inside its data folder; its pid file keeps the path of the day it started. */
function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function resolved(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
