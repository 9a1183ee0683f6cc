import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import type { ArchiveStore } from '../../platform/archive-store.ts'
import { thawMonth } from './freeze-month.ts'
import { recoverArchive } from './recover-archive.ts'
import { removeArchived } from './remove-archived.ts'
import { verifyFile } from './verify-file.ts'
import { discardArchive } from './write-archive.ts'

/**
 * Goes on with what an earlier run began, and gives how many events left: a file that was not verified is thrown away, one
 * that was is read again before anything more is deleted for it. A file that has changed since deletes nothing: what the
 * table still holds of it goes into another file, by this same run. A damaged one in whose place a sound copy lies is
 * what it was again.
 */
export async function resumeArchives(
  pool: pg.Pool,
  input: { store: ArchiveStore; refuse: (error: unknown) => number; attempts?: number },
): Promise<number> {
  const { store, refuse, ...patience } = input
  const open = await inRole(pool, 'tenantry_jobs', tx =>
    tx
      .selectFrom('event_archives')
      .select(['id', 'file', 'state', 'month', 'sha256'])
      .where('state', 'in', ['writing', 'verified', 'damaged'])
      .orderBy('month')
      .orderBy('started_at')
      .execute(),
  )
  let removed = 0
  for (const archive of open) {
    const month = archive.month.slice(0, 7)
    if (archive.state === 'writing') await discardArchive(pool, store, archive)
    else if (archive.state === 'damaged') {
      if (await isSound(store, archive, () => 0)) await recoverArchive(pool, archive.file)
    } else if (await isSound(store, archive, refuse))
      removed += await removeArchived(pool, { id: archive.id, month }, patience).catch(refuse)
    else {
      // Nothing vouches any more for what it was frozen for.
      await thawMonth(pool, month, patience).catch(refuse)
      if (await isUntouched(pool, archive.id)) await discardArchive(pool, store, archive)
      else await giveUp(pool, archive.id)
    }
  }
  return removed
}

async function isSound(
  store: ArchiveStore,
  archive: { file: string; sha256: string | null },
  refuse: (error: unknown) => number,
): Promise<boolean> {
  try {
    await verifyFile(store, archive)
    return true
  } catch (error) {
    refuse(error)
    return false
  }
}

/** Nothing was deleted for it yet, so it is the only one that knows of nothing. */
async function isUntouched(pool: pg.Pool, id: string): Promise<boolean> {
  const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
    sql<{ untouched: boolean }>`
      SELECT events = (SELECT sum(chunk.events) FROM event_archive_chunks AS chunk WHERE archive_id = ${id}) AS untouched
      FROM event_archives WHERE id = ${id}`.execute(tx),
  )
  return rows[0]?.untouched === true
}

function giveUp(pool: pg.Pool, id: string): Promise<unknown> {
  return inRole(pool, 'tenantry_jobs', async tx => {
    await tx.deleteFrom('event_archive_chunks').where('archive_id', '=', id).execute()
    await tx.updateTable('event_archives').set({ state: 'damaged' }).where('id', '=', id).execute()
  })
}
