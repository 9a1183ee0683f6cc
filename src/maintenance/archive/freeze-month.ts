import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { type Patience, tryMonth } from './try-month.ts'

/**
 * Lets no more events into the partition of a month (YYYY-MM) and counts it, the last step of its verification: true
 * where it holds as many as verified files do, for each organization, so that it may be dropped without being counted.
 * The count begins when the freeze is committed, and so sees whatever anybody has written. Where something else is in the
 * partition, writers have it back.
 */
export async function freezeMonth(pool: pg.Pool, month: string, patience: Patience): Promise<boolean> {
  const first = `${month}-01`
  const ask = <T>(question: RawBuilder<{ answer: T }>) =>
    inRole(pool, 'tenantry_jobs', async tx => (await question.execute(tx)).rows[0]?.answer)
  const frozen = await tryMonth(month, patience, () =>
    ask<boolean>(sql`SELECT freeze_event_partition(${first}) AS answer`),
  )
  if (!frozen) return false
  const counted = await ask<number | null>(sql`SELECT count_frozen_events(${first}) AS answer`)
  if (counted !== null && counted !== undefined) return true
  await thawMonth(pool, month, patience)
  return false
}

/** Lets events into the partition of a month again; one that is not frozen stays as it is. */
export function thawMonth(pool: pg.Pool, month: string, patience: Patience): Promise<unknown> {
  return tryMonth(month, patience, () =>
    inRole(pool, 'tenantry_jobs', tx => sql`SELECT thaw_event_partition(${`${month}-01`})`.execute(tx)),
  )
}
