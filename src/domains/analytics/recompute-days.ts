import { sql } from 'kysely'
import type pg from 'pg'
import { inTenant, type TenantTx } from '../../database/transaction.ts'
import { readOrganization } from '../organizations/index.ts'
import { checkPeriod, datesOf, type Period } from './period.ts'
import { recomputeDay } from './roll-up-day.ts'

export type RecomputedRange = {
  readonly days: number
  /** Days whose figures are others than before. */
  readonly changed: readonly string[]
  /** Days that are archived: their figures stay. */
  readonly sealed: readonly string[]
}

/**
 * Recomputes each day of the period from its events, whatever is stored and whatever markers say; again, it changes
 * nothing. A day each transaction, so that it may be stopped and started again, and live roll-ups come in between.
 */
export async function recomputeDays(
  pool: pg.Pool,
  input: Period & { readonly organizationId: string; readonly onProgress?: (date: string) => void },
): Promise<RecomputedRange> {
  const { organizationId, onProgress } = input
  const dates = datesOf(checkPeriod(input, MOST_DAYS_AT_ONCE))
  await inTenant(pool, organizationId, readOrganization)
  const changed: string[] = []
  const sealed: string[] = []
  for (const date of dates) {
    onProgress?.(date)
    const outcome = await inTenant(pool, organizationId, tx => recompute(tx, date), 'tenantry_jobs')
    if (outcome === 'sealed') sealed.push(date)
    if (outcome === 'changed') changed.push(date)
  }
  return { days: dates.length, changed, sealed }
}

const MOST_DAYS_AT_ONCE = 10_000

async function recompute(tx: TenantTx, date: string): Promise<'sealed' | 'changed' | 'same'> {
  const before = await figuresOf(tx, date)
  if ((await recomputeDay(tx, { date })) === 'sealed') return 'sealed'
  return (await figuresOf(tx, date)) === before ? 'same' : 'changed'
}

/** All that is stored of the day, as one text. */
async function figuresOf(tx: TenantTx, date: string): Promise<string> {
  const { rows } = await sql<{ figures: string }>`
    SELECT coalesce(md5(string_agg(line, '|' ORDER BY line)), '') AS figures
    FROM (
      SELECT day::text AS line FROM daily_metrics AS day
      WHERE organization_id = ${tx.organizationId} AND date = ${date}
      UNION ALL
      SELECT agent::text FROM agent_metrics AS agent WHERE organization_id = ${tx.organizationId} AND date = ${date}
      UNION ALL
      SELECT active::text FROM daily_active_users AS active
      WHERE organization_id = ${tx.organizationId} AND date = ${date}
      UNION ALL
      SELECT returned::text FROM active_user_returns AS returned
      WHERE organization_id = ${tx.organizationId} AND date = ${date}
    ) AS stored`.execute(tx)
  return rows[0]?.figures ?? ''
}
