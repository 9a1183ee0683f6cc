import { sql } from 'kysely'
import type pg from 'pg'
import { inRole, inTenant, inTurns, type RoleTx } from '../../database/transaction.ts'
import { listDirtyDays, rollUpDay } from '../../domains/analytics/index.ts'
import { refreshOrganizationMetrics } from '../refresh-organization-metrics.ts'
import { DAY } from './calendar.ts'
import { databaseNotEmpty } from './errors.ts'
import { generateSample } from './generate.ts'
import { insertBatch } from './insert-batch.ts'
import { HISTORY_DAYS, type SampleInput } from './scale.ts'

/** How many rows each table got. */
export type LoadedSample = { readonly rows: Readonly<Record<string, number>> }

/** From 0 to 1, and what is being done. */
export type SampleProgress = (done: number, what: string) => void

/**
 * Fills a database that holds no organization; any other is refused and stays as it is. All rows come in one
 * transaction, so that nothing half-done is ever seen or left. The metrics follow day by day, by the roll-up that live
 * events go through: were it stopped there, a worker would finish it.
 */
export async function loadSample(
  pool: pg.Pool,
  input: SampleInput,
  onProgress: SampleProgress = () => {},
): Promise<LoadedSample> {
  await inRole(pool, 'tenantry_admin', refuseUnlessEmpty)
  await makePartitions(pool, input.now)
  const rows: Record<string, number> = {}
  await inTurns(pool, async turns => {
    await turns.inRole('tenantry_admin', async tx => {
      // Whoever makes an organization meanwhile waits, and so does another sample, which is then refused.
      await sql`LOCK TABLE organizations IN SHARE ROW EXCLUSIVE MODE`.execute(tx)
      await refuseUnlessEmpty(tx)
    })
    for (const batch of generateSample(input)) {
      await insertBatch(turns, batch)
      rows[batch.table] = (rows[batch.table] ?? 0) + batch.rows.length
      onProgress(((rows.organizations ?? 0) / input.scale.organizations) * 0.6, 'rows')
    }
  })
  await rollUpAll(pool, share => onProgress(0.6 + share * 0.4, 'metrics'))
  await inRole(pool, 'tenantry_jobs', refreshOrganizationMetrics)
  return { rows }
}

/** True for a database that a sample may be put into. */
export async function isEmptyDatabase(tx: RoleTx): Promise<boolean> {
  return (await countOrganizations(tx)) === 0
}

async function refuseUnlessEmpty(tx: RoleTx): Promise<void> {
  const organizations = await countOrganizations(tx)
  if (organizations > 0) throw databaseNotEmpty(organizations)
}

async function countOrganizations(tx: RoleTx): Promise<number> {
  const { count } = await tx
    .selectFrom('organizations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function makePartitions(pool: pg.Pool, now: Date): Promise<void> {
  for (const month of monthsOf(now))
    await inRole(pool, 'tenantry_jobs', tx => sql`SELECT ensure_event_partition(${month})`.execute(tx))
}

/** An instant in each month (UTC) that the history touches. */
export function monthsOf(now: Date): string[] {
  const days = Array.from({ length: HISTORY_DAYS + 1 }, (_, ago) => now.getTime() - ago * DAY)
  const months = days.map(day => `${new Date(day).toISOString().slice(0, 7)}-01T00:00:00Z`)
  return [...new Set(months)].reverse()
}

/** Several at a time, because each waits for the database more than it works. */
const AT_ONCE = 3

async function rollUpAll(pool: pg.Pool, onProgress: (share: number) => void): Promise<void> {
  const days = await inRole(pool, 'tenantry_jobs', tx => listDirtyDays(tx, { most: HISTORY_DAYS * 2 }))
  const left = days.values()
  let done = 0
  const work = async () => {
    for (const { organizationId, date } of left) {
      await inTenant(pool, organizationId, tx => rollUpDay(tx, { date }), 'tenantry_jobs')
      onProgress(++done / days.length)
    }
  }
  const all = await Promise.allSettled(Array.from({ length: AT_ONCE }, work))
  for (const each of all) if (each.status === 'rejected') throw each.reason
}
