import { spawnSync } from 'node:child_process'
import type { Account } from './account.ts'
import { noAccount } from './errors.ts'

/** What a program of PostgreSQL may know of our environment: no secret of the server, no PG* setting of the user's shell. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  ...(process.platform === 'win32' && { SystemRoot: process.env.SystemRoot }),
}

/** The identity to start a program with: the account where there is one, else our own. */
export const identityOf = (account: Account | undefined) =>
  account ? { uid: account.uid, gid: account.gid } : {}

/** Whether the account may enter a folder, asked of the system itself: modes alone do not tell (ACLs, mounts). */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (!account) return true
  const asked = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    ...identityOf(account),
    cwd: '/',
    env: ENVIRONMENT,
    stdio: 'ignore',
  })
  if (asked.error) throw noAccount(`programs cannot be run as ${account.name}: ${asked.error.message}`)
  return asked.status === 0
}

/** Why the account cannot run a program; nothing where it can. */
export function whyNotRun(program: string, account: Account | undefined): string | undefined {
  const { error, status, signal, stderr } = spawnSync(program, ['--version'], {
    ...identityOf(account),
    cwd: '/',
    env: ENVIRONMENT,
    encoding: 'utf8',
  })
  if (error) return error.message
  return status === 0 ? undefined : stderr.trim() || `ended with ${signal ?? status}`
}
