import { sql } from 'kysely'
import { inRole } from '../../database/transaction.ts'
import { ago } from './ago.ts'
import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

/** So long after its last success a duty has failed more than by the way; all are done daily at least. */
const MUCH_TOO_LATE_SECONDS = 3 * 86_400
const KILLED_SECONDS = 86_400

type Run = { task: string; error: string | null; began: number; ended: boolean; succeeded: number | null }

/** The duties of the clock, retention among them, did not fail the last time, and came to their end. */
export async function duties({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await inRole(pool, 'tenantry_jobs', tx =>
    sql<Run>`
      SELECT task, error, finished_at IS NOT NULL AS ended, extract(epoch FROM now() - started_at)::float8 AS began,
        extract(epoch FROM now() - succeeded_at)::float8 AS succeeded
      FROM maintenance_runs ORDER BY task`.execute(tx),
  )
  return orOk(rows.flatMap(faults), `${rows.length} have been done, none failed the last time`)
}

function faults({ task, error, began, ended, succeeded }: Run): Finding[] {
  if (ended ? error === null : began < KILLED_SECONDS) return []
  const what = ended ? `failed ${ago(began)} ago: ${error}` : `began ${ago(began)} ago and has not ended`
  const before = succeeded === null ? 'It never succeeded.' : `It last succeeded ${ago(succeeded)} ago.`
  const found = (succeeded ?? Infinity) < MUCH_TOO_LATE_SECONDS ? warning : failed
  return [
    found(
      `${task} ${what}${/[.!?]$/.test(what) ? '' : '.'} ${before}`,
      `put the cause right, then do it now with \`tenantry maintain run ${task}\``,
    ),
  ]
}
