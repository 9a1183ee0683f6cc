import { spawn } from 'node:child_process'
import { closeSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Account } from './account.ts'
import { programs } from './binaries.ts'
import { startFailed } from './errors.ts'
import type { DatabaseFolder } from './folder.ts'
import { choosePort, rememberPort } from './port.ts'
import { findPostmaster, type Postmaster } from './postmaster.ts'
import { ENVIRONMENT, identityOf } from './run-as.ts'
import { openLog, readFrom, reasonInLog } from './server-log.ts'

export type Launch = {
  folder: DatabaseFolder
  root: string
  account: Account | undefined
  settings: Readonly<Record<string, string>>
  log: (line: string) => void
}

/** How long a server that was just killed may still hold its shared memory before its successor gives up. */
const PATIENCE_MS = 10_000

/**
 * Starts the server process and waits until it takes connections. It gets a session of its own, so that Ctrl-C
 * reaches our process first, which then stops it in order.
 */
export async function launchPostmaster(launch: Launch): Promise<Postmaster> {
  const { folder } = launch
  const descriptor = openLog(folder.log)
  const deadline = Date.now() + PATIENCE_MS
  try {
    let port = await choosePort(folder.port)
    for (;;) {
      // Whoever calls has made sure that no server runs here: this file was left by one that was killed.
      rmSync(join(folder.data, 'postmaster.pid'), { force: true })
      const from = statSync(folder.log).size
      const started = await tryToStart(launch, port, descriptor)
      if (started) {
        rememberPort(folder.port, port)
        return started
      }
      const said = readFrom(folder.log, from)
      const again = (PORT_TAKEN.test(said) || STILL_ENDING.test(said)) && Date.now() < deadline
      if (!again) throw startFailed(reasonInLog(folder.log, from), folder.log)
      if (PORT_TAKEN.test(said)) port = await choosePort(folder.port, port)
      else await wait(200)
    }
  } finally {
    closeSync(descriptor)
  }
}

async function tryToStart(launch: Launch, port: number, log: number): Promise<Postmaster | undefined> {
  const { folder, root, account } = launch
  const child = spawn(programs(root).postgres, ['-D', folder.data, ...parametersOf(port, launch.settings)], {
    ...identityOf(account),
    cwd: '/',
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  })
  let failure: Error | undefined
  child.once('error', error => {
    failure = error
  })
  const begun = Date.now()
  let told = begun
  while (!failure && child.exitCode === null && child.signalCode === null) {
    const found = findPostmaster(folder.data)
    if (found?.ready && found.pid === child.pid) {
      child.unref()
      return found
    }
    if (Date.now() - told > 5_000) {
      told = Date.now()
      launch.log(
        `PostgreSQL has been starting for ${Math.round((told - begun) / 1000)} s; its log is ${folder.log}`,
      )
    }
    await wait(10)
  }
  if (failure) throw startFailed(failure.message, folder.log)
  return undefined
}

function parametersOf(port: number, settings: Readonly<Record<string, string>>): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    logging_collector: 'off',
    log_destination: 'stderr',
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

const PORT_TAKEN = /could not bind IPv4 address|could not create any TCP\/IP sockets/
const STILL_ENDING = /pre-existing shared memory block|lock file ".*postmaster\.pid" already exists/
