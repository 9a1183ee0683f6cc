import { isRunning, type ProcessIdentity } from './process-identity.ts'

/** Answers when the server process has ended, whoever ended it, whether or not it is a child of this process. */
export function watchPostmaster(postmaster: ProcessIdentity, everyMs = 500): Promise<void> {
  return new Promise(resolve => {
    const timer = setInterval(() => {
      if (isRunning(postmaster)) return
      clearInterval(timer)
      resolve()
    }, everyMs)
    // Watching alone keeps no process alive.
    timer.unref()
  })
}
