import { sql } from 'kysely'
import { inRole } from '../../database/transaction.ts'
import { ago } from './ago.ts'
import { type Finding, failed, ok, type Subject, warning } from './finding.ts'

const ALIVE_SECONDS = 15

/** A worker is alive wherever there is work for one. */
export async function worker({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
    sql<{ alive: number; last_seen: number | null; waiting: boolean }>`
      SELECT (count(*) FILTER (WHERE last_seen_at > now() - make_interval(secs => ${ALIVE_SECONDS})))::int AS alive,
        extract(epoch FROM now() - max(last_seen_at))::float8 AS last_seen,
        EXISTS (SELECT FROM rollup_dirty) OR EXISTS (SELECT FROM graphile_worker._private_jobs
          WHERE attempts < max_attempts AND run_at <= now()) AS waiting
      FROM worker_heartbeats`.execute(tx),
  )
  const { alive = 0, last_seen: lastSeen = null, waiting = false } = rows[0] ?? {}
  if (alive > 0) return [ok(`${alive} ${alive === 1 ? 'worker' : 'workers'} alive`)]
  const message =
    lastSeen === null ? 'no worker runs' : `no worker runs; the last was seen ${ago(lastSeen)} ago`
  const remedy = 'start one: `tenantry serve`'
  return [waiting ? failed(`${message}, and work is waiting`, remedy) : warning(message, remedy)]
}
