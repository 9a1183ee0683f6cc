import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import type { Event } from './event.ts'

/** Makes the partitions that these events need and that are missing. A month each transaction, so one undoes no other. */
export async function ensureEventPartitions(pool: pg.Pool, events: readonly Event[]): Promise<void> {
  const months = new Set(events.map(event => monthOf(event.createdAt)))
  for (const month of months)
    await inRole(pool, 'tenantry_ingest', tx => sql`SELECT ensure_event_partition(${month})`.execute(tx))
}

function monthOf(microseconds: number): string {
  return `${new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, 7)}-01T00:00:00Z`
}
