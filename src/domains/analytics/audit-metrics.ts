import { sql } from 'kysely'
import type pg from 'pg'
import { inRole, inTenant, type RoleTx, type TenantTx } from '../../database/transaction.ts'
import { auditDay } from './audit-day.ts'

/** So many organizations, a day of each, at a time. */
const DAYS = 10

export type Drift = { readonly organizationId: string; readonly date: string }

/**
 * Compares days of organizations at random with their events, counts what it found, and asks for a recomputation of each
 * that differs. Metrics are proved to equal their events; this is how it is known that they do.
 */
export async function auditMetrics(
  pool: pg.Pool,
  { onDrift }: { onDrift: (day: Drift, differing: readonly string[]) => void },
): Promise<void> {
  const organizations = await inRole(pool, 'tenantry_jobs', pickOrganizations)
  for (const organizationId of organizations) {
    const date = await inTenant(pool, organizationId, pickDay, 'tenantry_jobs')
    if (date === undefined) continue
    const audit = await inTenant(pool, organizationId, tx => auditDay(tx, { date }), 'tenantry_jobs')
    if (audit === 'behind' || audit === 'sealed') continue
    await inTenant(pool, organizationId, tx => note(tx, date, audit !== 'same'), 'tenantry_jobs')
    if (audit !== 'same') onDrift({ organizationId, date }, audit.differing)
  }
}

async function pickOrganizations(tx: RoleTx): Promise<string[]> {
  const rows = await tx
    .selectFrom('rollup_zones')
    .select('organization_id as id')
    .orderBy(sql`random()`)
    .limit(DAYS)
    .execute()
  return rows.map(({ id }) => id)
}

/** Any day from the first one with figures that is not sealed to the last one, also one that has none. */
async function pickDay(tx: TenantTx): Promise<string | undefined> {
  const { rows } = await sql<{ date: string | null }>`
    SELECT (first + floor(random() * (last - first + 1))::integer)::text AS date
    FROM (
      SELECT greatest(min(date), (SELECT sealed_through + 1 FROM analytics_seals
        WHERE organization_id = ${tx.organizationId})) AS first, max(date) AS last
      FROM daily_metrics WHERE organization_id = ${tx.organizationId}
    ) AS span WHERE first <= last`.execute(tx)
  return rows[0]?.date ?? undefined
}

async function note(tx: TenantTx, date: string, hasDrifted: boolean): Promise<void> {
  await sql`
    UPDATE metric_audit SET audited_days = audited_days + 1, drifted_days = drifted_days + ${hasDrifted ? 1 : 0}`.execute(
    tx,
  )
  if (!hasDrifted) return
  await sql`
    INSERT INTO rollup_dirty (organization_id, bucket)
    SELECT ${tx.organizationId}, begins FROM metrics_day(${tx.organizationId}, ${date}) WHERE begins IS NOT NULL`.execute(
    tx,
  )
}
