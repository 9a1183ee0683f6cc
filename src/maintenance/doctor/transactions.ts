import { ago } from './ago.ts'
import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

const LONG_SECONDS = 300
const MUCH_TOO_LONG_SECONDS = 3_600
/** PostgreSQL stops accepting writes near 2.1 billion; autovacuum steps in at 0.2 billion. */
const OLD_TRANSACTION_IDS = 500_000_000
const MUCH_TOO_OLD_TRANSACTION_IDS = 1_500_000_000

/** No open transaction keeps vacuum from cleaning up behind the queue and the markers. */
export async function transactions({ pool }: Subject): Promise<Finding[]> {
  const { rows: open } = await pool.query<{ pid: number; who: string; seconds: number }>(`
    SELECT pid, concat_ws(' ', usename, nullif(application_name, '')) AS who,
      extract(epoch FROM now() - xact_start)::float8 AS seconds
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
      AND backend_type = 'client backend' ORDER BY xact_start LIMIT 1`)
  const { rows: prepared } = await pool.query<{ gid: string; seconds: number }>(`
    SELECT gid, extract(epoch FROM now() - prepared)::float8 AS seconds FROM pg_prepared_xacts
    WHERE database = current_database() ORDER BY prepared LIMIT 1`)
  const { rows: age } = await pool.query<{ ids: number; seesAll: boolean }>(`
    SELECT age(datfrozenxid) AS ids, pg_has_role('pg_read_all_stats', 'USAGE') AS "seesAll"
    FROM pg_database WHERE datname = current_database()`)
  const findings = [
    ...open.flatMap(({ pid, who, seconds }) =>
      judge(seconds, `the transaction of ${who} (process ${pid})`, `SELECT pg_terminate_backend(${pid});`),
    ),
    ...prepared.flatMap(({ gid, seconds }) =>
      judge(seconds, `the prepared transaction ${gid}`, `ROLLBACK PREPARED '${gid.replaceAll("'", "''")}';`),
    ),
    ...wraparound(age[0]?.ids ?? 0),
  ]
  const scope = age[0]?.seesAll ? '' : ' (of this login: others are seen with GRANT pg_read_all_stats)'
  return orOk(findings, `no transaction has been open for over ${ago(LONG_SECONDS)}${scope}`)
}

function judge(seconds: number, what: string, sql: string): Finding[] {
  if (seconds < LONG_SECONDS) return []
  const found = seconds < MUCH_TOO_LONG_SECONDS ? warning : failed
  return [found(`${what} has been open for ${ago(seconds)}`, 'end it, so that vacuum can clean up', [sql])]
}

function wraparound(ids: number): Finding[] {
  if (ids < OLD_TRANSACTION_IDS) return []
  const found = ids < MUCH_TOO_OLD_TRANSACTION_IDS ? warning : failed
  return [
    found(
      `${ids} transactions since the oldest row was frozen: writes stop near 2.1 billion`,
      'run the SQL in a quiet hour',
      ['VACUUM (FREEZE);'],
    ),
  ]
}
