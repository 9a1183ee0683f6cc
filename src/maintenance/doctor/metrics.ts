import { sql } from 'kysely'
import { inRole } from '../../database/transaction.ts'
import { ago } from './ago.ts'
import { type Finding, failed, ok, type Subject, warning } from './finding.ts'

const LATE_SECONDS = 60
const MUCH_TOO_LATE_SECONDS = 900

/** Metrics follow the events within a minute. */
export async function metrics({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
    sql<{ organizations: number; lag: number | null }>`
      SELECT count(DISTINCT organization_id)::int AS organizations,
        extract(epoch FROM now() - min(marked_at))::float8 AS lag FROM rollup_dirty`.execute(tx),
  )
  const { organizations = 0, lag = null } = rows[0] ?? {}
  if (lag === null) return [ok('current: no changed day waits')]
  const message = `the metrics of ${organizations} ${organizations === 1 ? 'organization' : 'organizations'} are behind their events, the oldest by ${ago(lag)}`
  const remedy = 'see that a worker runs (`tenantry serve`), and in its log what it does'
  if (lag < LATE_SECONDS) return [ok(message)]
  return [lag < MUCH_TOO_LATE_SECONDS ? warning(message, remedy) : failed(message, remedy)]
}
