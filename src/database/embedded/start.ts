import { dirname } from 'node:path'
import { type Account, chooseAccount } from './account.ts'
import { type Binaries, locateBinaries, programs } from './binaries.ts'
import { connectTo, urlOf } from './connect.ts'
import { startFailed } from './errors.ts'
import type { RunningPostgres } from './find.ts'
import { assertReachable, createFolder, type DatabaseFolder, findFolder, PLACES } from './folder.ts'
import { initializeData } from './initialize-data.ts'
import { launchPostmaster } from './launch-postmaster.ts'
import { takeOwnership } from './owner-lock.ts'
import { ensurePasswords } from './passwords.ts'
import { findPostmaster } from './postmaster.ts'
import { prepareBinaries } from './prepare-binaries.ts'
import { provision } from './provision.ts'
import { keepLogSmall } from './server-log.ts'
import { stopPostmaster } from './stop-postmaster.ts'

export type EmbeddedPostgres = RunningPostgres & {
  /** True where it was running already, left behind by a server that was killed. */
  adopted: boolean
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
    return await hold(folder, binaries, account, options, release)
  } catch (error) {
    release()
    throw error
  }
}

async function hold(
  folder: DatabaseFolder,
  binaries: Binaries,
  account: Account | undefined,
  options: Options,
  release: () => void,
): Promise<EmbeddedPostgres> {
  const places = account ? PLACES : [dirname(folder.home)]
  const root = prepareBinaries(binaries, account, places, options.log)
  const passwords = ensurePasswords(folder)
  await initializeData({
    folder,
    root,
    major: binaries.major,
    account,
    superuserPassword: passwords.postgres,
  })
  let postmaster = findPostmaster(folder.data)
  let client = postmaster && (await connectTo(folder, postmaster, passwords))
  const adopted = client !== undefined
  if (!postmaster || !client) {
    postmaster = await launchPostmaster({
      folder,
      root,
      account,
      settings: options.settings ?? {},
      log: options.log,
    })
    client = await connectTo(folder, postmaster, passwords)
  }
  if (!client) throw startFailed('it ended right after its start', folder.log)
  try {
    await provision(client, passwords.tenantry)
  } finally {
    await client.end()
  }
  const { pid, port } = postmaster
  const held = postmaster
  const endLogKeeping = keepLogSmall(folder.log)
  return {
    url: urlOf(port, 'tenantry', passwords),
    adminUrl: urlOf(port, 'postgres', passwords),
    port,
    pid,
    dataDir: folder.home,
    major: binaries.major,
    adopted,
    async stop() {
      endLogKeeping()
      const { clean } = await stopPostmaster(held, programs(root).pgCtl)
      if (!clean)
        options.log('PostgreSQL did not stop in time and was ended; its next start recovers, nothing is lost')
      release()
    },
  }
}
