import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { programs } from './binaries.ts'
import { initializeFailed, otherMajorVersion } from './errors.ts'
import type { DatabaseFolder } from './folder.ts'
import { ENVIRONMENT, identityOf } from './run-as.ts'

/**
 * Lays out the data of a new database; does nothing where there is some of the same major version, refuses another.
 * It is made under another name and renamed when complete: a start killed half-way leaves nothing to repair.
 */
export async function initializeData(input: {
  folder: DatabaseFolder
  root: string
  major: number
  account: Account | undefined
  superuserPassword: string
  log: (line: string) => void
}): Promise<void> {
  const { folder, root, major, account } = input
  removeUnfinished(folder.home)
  if (existsSync(folder.data)) {
    const found = Number.parseInt(readFileSync(join(folder.data, 'PG_VERSION'), 'utf8'), 10)
    if (found !== major) throw otherMajorVersion(folder.data, found, major)
    return
  }
  input.log(`Making a new PostgreSQL ${major} database in ${folder.home}`)
  const draft = join(folder.home, `${UNFINISHED}${process.pid}-${Date.now()}`)
  mkdirSync(draft, { mode: 0o700 })
  const data = join(draft, 'data')
  const passwordFile = join(draft, 'password')
  writeFileSync(passwordFile, `${input.superuserPassword}\n`, { mode: 0o600 })
  if (account) for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid)
  try {
    await runInitdb(programs(root).initdb, data, passwordFile, major, account)
    renameSync(data, folder.data)
    synchronize(folder.home)
  } finally {
    rmSync(draft, { recursive: true, force: true, maxRetries: 3 })
  }
}

function runInitdb(
  initdb: string,
  data: string,
  passwordFile: string,
  major: number,
  account: Account | undefined,
): Promise<void> {
  const parameters = [
    `--pgdata=${data}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    ...localeOf(major),
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(initdb, parameters, { ...identityOf(account), cwd: '/', env: ENVIRONMENT })
    let output = ''
    child.stderr.on('data', chunk => {
      output += chunk
    })
    child.stdout.resume()
    child.on('error', error => reject(initializeFailed(error.message)))
    child.on('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(initializeFailed(reasonIn(output) || `initdb ended with ${signal ?? code}`))
    })
  })
}

/** Sorted by code point and cased by Unicode, the same on every machine: an upgrade of the system breaks no index. */
function localeOf(major: number): string[] {
  if (major >= 17) return ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  return [process.platform === 'linux' ? '--locale=C.UTF-8' : '--locale=C']
}

/** The new name outlives a power failure, as everything that is then written under it must. */
function synchronize(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

function reasonIn(output: string): string {
  return output
    .split('\n')
    .filter(line => /error|fatal|could not/i.test(line))
    .join('; ')
}

function removeUnfinished(home: string): void {
  for (const name of readdirSync(home)) {
    // The initdb of a killed start may still be writing; what cannot be removed now is removed next time.
    if (name.startsWith(UNFINISHED)) tryToRemove(join(home, name))
  }
}

function tryToRemove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Left for the next start.
  }
}

const UNFINISHED = '.unfinished-'
