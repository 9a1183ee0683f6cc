import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { freezeMonth, thawMonth } from './freeze-month.ts'
import { type Patience, tryMonth } from './try-month.ts'

/**
 * Takes the events of a verified archive out of the database and gives how many rows went: by freezing and dropping the
 * month's partition where nothing else is in it, else chunk by chunk, each in a transaction of its own. The database
 * checks again what it deletes, so this can be killed anywhere and called again.
 */
export async function removeArchived(
  pool: pg.Pool,
  archive: { id: string; month: string },
  patience: Patience = {},
): Promise<number> {
  const mayDrop = await freezeMonth(pool, archive.month, patience)
  const dropped = mayDrop ? await dropMonth(pool, archive.month, patience) : undefined
  if (dropped !== undefined) return dropped
  let total = 0
  for (;;) {
    const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
      sql<{ deleted: number | null }>`SELECT delete_archived_events(${archive.id}) AS deleted`.execute(tx),
    )
    const deleted = rows[0]?.deleted ?? null
    if (deleted === null) return total
    total += deleted
  }
}

/**
 * Drops the partition of a month (YYYY-MM) that is empty, or frozen with nothing but what is archived. Undefined where it
 * may not go: then it is not frozen either.
 */
export async function dropMonth(
  pool: pg.Pool,
  month: string,
  patience: Patience = {},
): Promise<number | undefined> {
  const { rows } = await tryMonth(month, patience, () =>
    inRole(pool, 'tenantry_jobs', tx =>
      sql<{ dropped: number | null }>`SELECT drop_archived_events(${`${month}-01`}) AS dropped`.execute(tx),
    ),
  )
  const dropped = rows[0]?.dropped ?? undefined
  if (dropped === undefined) await thawMonth(pool, month, patience)
  return dropped
}
