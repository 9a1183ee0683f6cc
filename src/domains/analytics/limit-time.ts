import pg from 'pg'
import type { TenantTx } from '../../database/transaction.ts'
import { queryTooSlow } from './errors.ts'

/** What one statement may take that looks through events: longer than any page waits. */
const LIMIT_SECONDS = 10

/**
 * Runs a question that may have to look through any number of events. A statement of it that takes too long is stopped
 * by the database itself and refused with what to do, so that nobody's question keeps the others waiting.
 */
export async function limitTime<T>(tx: TenantTx, work: () => Promise<T>): Promise<T> {
  await tx.client.query(`SET LOCAL statement_timeout = '${LIMIT_SECONDS}s'`)
  try {
    return await work()
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === QUERY_CANCELED) throw queryTooSlow(LIMIT_SECONDS)
    throw error
  }
}

const QUERY_CANCELED = '57014'
