import { dirname } from 'node:path'
import { type Account, chooseAccount } from './account.ts'
import { type Binaries, locateBinaries, programs } from './binaries.ts'
import { urlOf } from './connect.ts'
import type { RunningPostgres } from './find.ts'
import { assertReachable, createFolder, type DatabaseFolder, findFolder, PLACES } from './folder.ts'
import { initializeData } from './initialize-data.ts'
import { obtainPostmaster } from './obtain-postmaster.ts'
import { takeOwnership } from './owner-lock.ts'
import { ensurePasswords } from './passwords.ts'
import { prepareBinaries } from './prepare-binaries.ts'
import { keepLogSmall } from './server-log.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { watchPostmaster } from './watch-postmaster.ts'

export type EmbeddedPostgres = RunningPostgres & {
  /** True where it was running already, left behind by a server that was killed. */
  adopted: boolean
  /** Answers with the reason if it ever ends without {@link stop}. */
  lost: Promise<string>
  stop(): Promise<void>
}

type Options = {
  dataDir: string
  log: (line: string) => void
  /** The installed package that brings the binaries; another one brings another major version. */
  packageName?: string
  /** Further settings of the server. */
  settings?: Readonly<Record<string, string>>
}

type Start = Options & { folder: DatabaseFolder; binaries: Binaries; account: Account | undefined }

/**
 * Starts the PostgreSQL of `dataDir`, making a new one on the first start, and answers when it takes connections.
 * This process then holds it: a second start on the same folder is refused, a left-behind server is taken over.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options
  const binaries = locateBinaries(options.packageName)
  const existing = findFolder(dataDir)
  const account = chooseAccount(existing?.data)
  if (existing) assertReachable(existing, account)
  const folder = existing ?? createFolder(dataDir, account, log)
  const release = takeOwnership(folder.owner)
  try {
    return await hold({ ...options, folder, binaries, account }, release)
  } catch (error) {
    release()
    throw error
  }
}

async function hold(start: Start, release: () => void): Promise<EmbeddedPostgres> {
  const { folder, binaries, account, settings = {}, log } = start
  const { major } = binaries
  const root = prepareBinaries(binaries, account, account ? PLACES : [dirname(folder.home)], log)
  const passwords = ensurePasswords(folder)
  await initializeData({ folder, root, major, account, superuserPassword: passwords.postgres, log })
  const launch = { folder, root, account, settings, log }
  const { postmaster, adopted } = await obtainPostmaster(launch, passwords)
  const endLogKeeping = keepLogSmall(folder.log)
  const stop = async () => {
    endLogKeeping()
    const ended = await stopPostmaster(postmaster, programs(root).pgCtl)
    if (ended === 'immediate') log('PostgreSQL was slow to stop and was ended; its next start recovers')
    if (ended === 'running') log(`PostgreSQL (process ${postmaster.pid}) does not stop; it is left running`)
    release()
  }
  let stopping: Promise<void> | undefined
  return {
    url: urlOf(postmaster.port, 'tenantry', passwords),
    adminUrl: urlOf(postmaster.port, 'postgres', passwords),
    port: postmaster.port,
    pid: postmaster.pid,
    dataDir: folder.home,
    major,
    adopted,
    lost: new Promise(resolve => {
      void watchPostmaster(postmaster).then(() => {
        if (!stopping) resolve(`PostgreSQL (process ${postmaster.pid}) has ended; its log is ${folder.log}`)
      })
    }),
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}
