import { spawnSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { isRunning, type ProcessIdentity } from './process-identity.ts'
import { ENVIRONMENT } from './run-as.ts'

/** A clean stop may take this long; then the server ends at once, and its next start recovers from its log of changes. */
const CLEAN_MS = 2_500
/** An immediate stop waits 5 s for its own processes before it kills them. */
const IMMEDIATE_MS = 7_000

/** Stops a server process: nothing that was committed is lost, and it is never killed from under its own processes. */
export async function stopPostmaster(
  postmaster: ProcessIdentity,
  pgCtl: string,
): Promise<'clean' | 'immediate' | 'running'> {
  send(postmaster, 'INT', pgCtl)
  if (await hasEnded(postmaster, CLEAN_MS)) return 'clean'
  send(postmaster, 'QUIT', pgCtl)
  return (await hasEnded(postmaster, IMMEDIATE_MS)) ? 'immediate' : 'running'
}

async function hasEnded(postmaster: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (isRunning(postmaster)) {
    if (Date.now() > deadline) return false
    await wait(10)
  }
  return true
}

function send(postmaster: ProcessIdentity, signal: 'INT' | 'QUIT', pgCtl: string): void {
  if (!isRunning(postmaster)) return
  if (process.platform === 'win32') {
    // Node can only end a process there; PostgreSQL's own tool speaks to it through a pipe.
    spawnSync(pgCtl, ['kill', signal, String(postmaster.pid)], { env: ENVIRONMENT })
    return
  }
  try {
    process.kill(postmaster.pid, `SIG${signal}`)
  } catch (error) {
    if (isRunning(postmaster)) throw error
  }
}
