import { sql } from 'kysely'
import type pg from 'pg'
import { inRole, inTenant } from '../../database/transaction.ts'
import { listExpiries, rollUpDay, sealDays } from '../../domains/analytics/index.ts'
import type { ArchiveStore } from '../../platform/archive-store.ts'
import type { EventRetention } from '../../platform/configuration.ts'
import { AppError } from '../../platform/errors.ts'
import { alreadyArchiving } from './errors.ts'
import type { Expired } from './read-expired.ts'
import { dropMonth, removeArchived } from './remove-archived.ts'
import { resumeArchives } from './resume-archives.ts'
import { writeArchive } from './write-archive.ts'

/**
 * Moves the events of expired days into the archive and gives how many left the database: seal, write, verify, remove,
 * month by month, the oldest first. Every step is committed by itself and the next run goes on from there, so it may be
 * killed anywhere. A month that cannot be finished stops none of the others; its refusal is thrown at the end.
 */
export async function archiveEvents(
  pool: pg.Pool,
  input: { store: ArchiveStore; retention: EventRetention; now: Date; attempts?: number },
): Promise<number> {
  return alone(pool, async () => {
    const refusals: AppError[] = []
    const refuse = (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      refusals.push(error)
      return 0
    }
    const { store, retention, now, ...patience } = input
    let removed = await resumeArchives(pool, { store, refuse, ...patience })
    const expiries = await inRole(pool, 'tenantry_jobs', tx => listExpiries(tx, { retention, now }))
    const months = new Map<string, Expired[]>()
    for (const { organizationId, through, months: expiredMonths } of expiries) {
      const sealedUntil = await seal(pool, { organizationId, through })
      for (const month of expiredMonths) {
        const span = spanOf(month, sealedUntil)
        months.set(month, [...(months.get(month) ?? []), { organizationId, ...span }])
      }
    }
    for (const month of await listUnfinished(pool)) months.delete(month)
    for (const [month, expired] of [...months].sort()) {
      const id = await writeArchive(pool, { store, month, expired, now }).catch(error => {
        refuse(error)
        return undefined
      })
      if (id !== undefined) removed += await removeArchived(pool, { id, month }, patience).catch(refuse)
    }
    for (const month of await listMonths(pool)) await dropMonth(pool, month, patience).catch(refuse)
    if (refusals[0] !== undefined) throw refusals[0]
    return removed
  })
}

/** One at a time in a database. The lock ends with the connection, so one that was killed holds nobody up. */
function alone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  return inRole(pool, 'tenantry_jobs', async tx => {
    const { rows } = await sql<{ free: boolean }>`
      SELECT pg_try_advisory_xact_lock(hashtextextended('maintenance.archive-events', 0)) AS free`.execute(tx)
    if (!rows[0]?.free) throw alreadyArchiving()
    return work()
  })
}

async function seal(pool: pg.Pool, of: { organizationId: string; through: string }): Promise<Date> {
  const asJobs = <T>(work: Parameters<typeof inTenant<T>>[2]) =>
    inTenant(pool, of.organizationId, work, 'tenantry_jobs')
  for (;;) {
    const seal = await asJobs(tx => sealDays(tx, of))
    if ('sealedUntil' in seal) return seal.sealedUntil
    for (const date of seal.behind) await asJobs(tx => rollUpDay(tx, { date }))
  }
}

function spanOf(month: string, sealedUntil: Date): { from: Date; before: Date } {
  const from = new Date(`${month}-01T00:00:00Z`)
  const end = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1))
  return { from, before: sealedUntil < end ? sealedUntil : end }
}

/** The months whose archived events could not be removed: they are not to be archived once more. */
async function listUnfinished(pool: pg.Pool): Promise<string[]> {
  const rows = await inRole(pool, 'tenantry_jobs', tx =>
    tx.selectFrom('event_archives').select('month').where('state', '=', 'verified').execute(),
  )
  return rows.map(({ month }) => month.slice(0, 7))
}

/** The months that have a partition, the oldest first. */
async function listMonths(pool: pg.Pool): Promise<string[]> {
  const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
    sql<{ month: string }>`
      SELECT replace(right(relname, 7), '_', '-') AS month FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
      WHERE inhparent = 'analytics_events'::regclass ORDER BY month`.execute(tx),
  )
  return rows.map(row => row.month)
}
