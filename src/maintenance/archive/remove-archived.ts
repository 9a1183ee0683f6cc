import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { monthInUse } from './errors.ts'

/** How often a partition that is in use is tried: each try stops inserts for a quarter of a second at most. */
const ATTEMPTS = 20
const PAUSE_MS = 1_000

/**
 * Takes the events of a verified archive out of the database and gives how many rows went: by dropping the month's
 * partition where nothing else is in it, else chunk by chunk, each in a transaction of its own. The database checks
 * again what it deletes, so this can be killed anywhere and called again.
 */
export async function removeArchived(
  pool: pg.Pool,
  archive: { id: string; month: string },
  { attempts = ATTEMPTS, pauseMs = PAUSE_MS } = {},
): Promise<number> {
  const dropped = await dropMonth(pool, archive.month, { attempts, pauseMs })
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

/** Drops the partition of a month (YYYY-MM) that holds nothing but what is archived; undefined where it may not go. */
export async function dropMonth(
  pool: pg.Pool,
  month: string,
  { attempts = ATTEMPTS, pauseMs = PAUSE_MS } = {},
): Promise<number | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
        sql<{ dropped: number | null }>`SELECT drop_archived_events(${`${month}-01`}) AS dropped`.execute(tx),
      )
      return rows[0]?.dropped ?? undefined
    } catch (error) {
      if (!isInUse(error)) throw error
      if (attempt >= attempts) throw monthInUse(month)
    }
    await pause(pauseMs)
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01')
}
