import pg from 'pg'
import { isDatabaseUnavailable } from '../../database/availability.ts'
import { inRole } from '../../database/transaction.ts'
import { ensureEventPartitions } from './ensure-event-partitions.ts'
import { outcomeUnknown } from './errors.ts'
import type { Event } from './event.ts'
import { insertEvents } from './insert-events.ts'

const ATTEMPTS = 4

/**
 * Stores the events and their markers in one transaction, all or none, and resolves when it is committed. What passes
 * by itself is tried again: a missing partition is made, a deadlock or a connection that broke before COMMIT repeated.
 */
export async function storeEvents(pool: pg.Pool, events: readonly Event[]): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await storeOnce(pool, events)
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      if (isPartitionMissing(error)) await ensureEventPartitions(pool, events)
      else if (!isLockedOut(error) && !(attempt === 1 && isDatabaseUnavailable(error))) throw error
    }
  }
}

/** An answer that the connection lost on its way may be a yes: trying again would call these events duplicates. */
async function storeOnce(pool: pg.Pool, events: readonly Event[]): Promise<Uint8Array> {
  let isCommitting = false
  try {
    return await inRole(pool, 'tenantry_ingest', async tx => {
      const fates = await insertEvents(tx, events)
      isCommitting = true
      return fates
    })
  } catch (error) {
    throw isCommitting ? outcomeUnknown(error) : error
  }
}

/** PostgreSQL gives a row that fits no partition the code of a CHECK, but the name of none. */
function isPartitionMissing(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23514' && error.constraint === undefined
}

/** Two requests that sent the same events in another order may lock each other out; one of them is asked to repeat. */
function isLockedOut(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001')
}
