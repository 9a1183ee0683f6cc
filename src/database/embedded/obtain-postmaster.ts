import { programs } from './binaries.ts'
import { connectTo } from './connect.ts'
import { startFailed } from './errors.ts'
import { type Launch, launchPostmaster } from './launch-postmaster.ts'
import type { Passwords } from './passwords.ts'
import { findPostmaster, type Postmaster } from './postmaster.ts'
import { provision } from './provision.ts'
import { reasonInLog } from './server-log.ts'
import { stopPostmaster } from './stop-postmaster.ts'

/**
 * The one server of a folder, answering and provisioned: the one that a killed holder left running, else a new one.
 * A second server on the same data would be refused by PostgreSQL itself.
 */
export async function obtainPostmaster(
  launch: Launch,
  passwords: Passwords,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const { folder, root, log } = launch
  const running = findPostmaster(folder.data)
  if (running && (await makeUsable(launch, running, passwords))) {
    log(`Took over PostgreSQL (process ${running.pid}), which a killed server left running`)
    return { postmaster: running, adopted: true }
  }
  const postmaster = await launchPostmaster(launch)
  try {
    if (await makeUsable(launch, postmaster, passwords)) return { postmaster, adopted: false }
  } catch (error) {
    await stopPostmaster(postmaster, programs(root).pgCtl)
    throw error
  }
  throw startFailed(`it ended right after its start: ${reasonInLog(folder.log, 0)}`, folder.log)
}

/** False where the server ended meanwhile. */
async function makeUsable(launch: Launch, postmaster: Postmaster, passwords: Passwords): Promise<boolean> {
  const client = await connectTo(launch.folder, postmaster, passwords)
  if (!client) return false
  try {
    await provision(client, passwords.tenantry)
  } finally {
    await client.end()
  }
  return true
}
