import { sql } from 'kysely'
import { inRole } from '../../database/transaction.ts'
import { ago } from './ago.ts'
import { type Finding, failed, ok, type Subject, warning } from './finding.ts'

const LATE_SECONDS = 60
const MUCH_TOO_LATE_SECONDS = 900

/** Jobs run when they are due, and none has used up its attempts. */
export async function queue({ pool }: Subject): Promise<Finding[]> {
  const { due, givenUp } = await inRole(pool, 'tenantry_jobs', async tx => ({
    due: await sql<{ jobs: number; lag: number }>`
      SELECT count(*)::int AS jobs, coalesce(extract(epoch FROM now() - min(run_at)), 0)::float8 AS lag
      FROM graphile_worker._private_jobs
      WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now()`.execute(tx),
    givenUp: await sql<{ task: string; jobs: number; error: string | null }>`
      SELECT identifier AS task, count(*)::int AS jobs, max(left(last_error, 200)) AS error
      FROM graphile_worker._private_jobs AS job JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
      WHERE locked_at IS NULL AND attempts >= max_attempts GROUP BY identifier ORDER BY identifier`.execute(
      tx,
    ),
  }))
  const { jobs = 0, lag = 0 } = due.rows[0] ?? {}
  return [lagFinding(jobs, lag), ...givenUp.rows.map(givenUpFinding)]
}

function lagFinding(jobs: number, lag: number): Finding {
  if (lag < LATE_SECONDS) return ok(`${jobs} jobs due, none late`)
  const message = `${jobs} jobs are due, the oldest since ${ago(lag)}`
  const remedy = 'see that a worker runs (`tenantry serve`), and in its log what it does'
  return lag < MUCH_TOO_LATE_SECONDS ? warning(message, remedy) : failed(message, remedy)
}

const givenUpFinding = ({ task, jobs, error }: { task: string; jobs: number; error: string | null }) =>
  failed(
    `${jobs} ${jobs === 1 ? 'job' : 'jobs'} ${task} failed too often and will not be tried again: ${error ?? 'no error was kept'}`,
    'put the cause right, then let them run again with the SQL (as tenantry_jobs)',
    [
      `UPDATE graphile_worker._private_jobs SET attempts = 0, run_at = now() WHERE attempts >= max_attempts AND task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = '${task}');`,
    ],
  )
