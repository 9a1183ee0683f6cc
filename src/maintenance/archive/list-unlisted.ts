import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import type { ArchiveStore } from '../../platform/archive-store.ts'
import { listArchives } from './list-archives.ts'
import { manifestName } from './manifest.ts'

/**
 * The files in the archive's place, or in that of one month (YYYY-MM), that are of no archive the database knows. An archive
 * is listed before its file is written, so they are looked for in this order: one that is being written is none.
 */
export async function listUnlisted(
  pool: pg.Pool,
  store: ArchiveStore,
  { month }: { month?: string | undefined },
): Promise<string[]> {
  const names = await store.list()
  const archives = await inRole(pool, 'tenantry_jobs', tx => listArchives(tx, { month }))
  const known = new Set(archives.flatMap(({ file }) => [file, manifestName(file)]))
  return names.filter(
    name => !known.has(name) && (month === undefined || name.startsWith(`events/${month}/`)),
  )
}
