import type pg from 'pg'
import { lockNotGranted } from '../errors.ts'
import { retryWhile, waitedForLock } from '../retry.ts'
import type { MigrationSession } from '../session.ts'
import type { AdoptedTable } from './adopted-tables.ts'
import type { PresentTable } from './read-tables.ts'

export interface FinishOptions {
  patienceMs: number
  report: (line: string) => void
}

/** One of a host's tables that is adopted and waits for its values. */
export interface UnfinishedTable {
  session: MigrationSession
  table: PresentTable
  adopted: AdoptedTable
  options: FinishOptions
}

/** Runs `work` in a transaction of its own, which steps back and tries again where it would have to wait for a lock. */
export function inShortTransaction<T>(
  { session: { client }, table, options }: UnfinishedTable,
  role: string,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  return retryWhile(waitedForLock, options.patienceMs, async () => {
    await client.query(
      `BEGIN; SET LOCAL lock_timeout = '500ms'; SET LOCAL search_path = public; SET LOCAL ROLE ${role}`,
    )
    try {
      const result = await work(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    }
  }).catch(error => {
    throw waitedForLock(error)
      ? lockNotGranted(`The values of ${table.name}`, options.patienceMs / 1_000, error)
      : error
  })
}
