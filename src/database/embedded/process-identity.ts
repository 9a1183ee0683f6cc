import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A process and the moment it started: the pair stays true when the system gives the same pid to another. */
export type ProcessIdentity = { pid: number; startedAt: string }

/** What runs under a pid now. A zombie counts as nothing: it holds no file, no port and no lock. */
export function findProcess(pid: number): (ProcessIdentity & { command: string }) | undefined {
  if (existsSync('/proc/self/stat')) return findInProc(pid)
  if (process.platform === 'win32')
    return answersSignal(pid) ? { pid, startedAt: '', command: '' } : undefined
  return findWithPs(pid)
}

export function isRunning(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.startedAt === identity.startedAt
}

function findInProc(pid: number) {
  const stat = readOrNothing(`/proc/${pid}/stat`)
  // The name stands in parentheses and may itself hold spaces and parentheses.
  const nameEnd = stat.lastIndexOf(')')
  const [state, ...rest] = stat.slice(nameEnd + 2).split(' ')
  const ticks = rest[18]
  if (!ticks || state === 'Z' || state === 'X') return undefined
  const boot = readOrNothing('/proc/sys/kernel/random/boot_id').trim()
  return { pid, startedAt: `${boot}/${ticks}`, command: stat.slice(stat.indexOf('(') + 1, nameEnd) }
}

function findWithPs(pid: number) {
  const { stdout } = spawnSync('ps', ['-o', 'state=,lstart=,comm=', '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C' },
    encoding: 'utf8',
  })
  const found = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec((stdout ?? '').trim())
  if (!found?.[1] || !found[2] || found[1].startsWith('Z')) return undefined
  return { pid, startedAt: found[2], command: found[3]?.split('/').at(-1) ?? '' }
}

function answersSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
