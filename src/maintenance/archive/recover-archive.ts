import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'

/** Says of a damaged file that it is again the only place of what was deleted for it: to be called when it was read and found sound. */
export async function recoverArchive(pool: pg.Pool, file: string): Promise<void> {
  await inRole(pool, 'tenantry_jobs', tx =>
    tx
      .updateTable('event_archives')
      .set({ state: 'deleted', deleted_at: sql`now()` })
      .where('file', '=', file)
      .where('state', '=', 'damaged')
      .execute(),
  )
}
