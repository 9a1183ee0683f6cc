import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

const AHEAD = 3

/** Events of this month and of the three to come have a partition to go to, and none has gone to a DEFAULT one. */
export async function partitions({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<{ name: string; ahead: number; attached: boolean }>(
    `SELECT month.name, month.ahead, EXISTS (
       SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent = to_regclass('public.analytics_events') AND relname = month.name) AS attached
     FROM (SELECT ahead, to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead),
       '"analytics_events_"YYYY_MM') AS name FROM generate_series(0, $1::int) AS ahead) AS month ORDER BY ahead`,
    [AHEAD],
  )
  const { rows: defaults } = await pool.query<{ name: string }>(
    `SELECT partdefid::regclass::text AS name FROM pg_partitioned_table
     WHERE partdefid <> 0 AND partrelid = to_regclass('public.analytics_events')`,
  )
  const remedy = 'a running worker makes it within a day and at its start: see that one runs'
  const findings = rows.flatMap(({ name, ahead, attached }) => {
    if (attached) return []
    const message = `the partition ${name} is missing`
    return ahead <= 1
      ? [failed(`${message}: its events cannot be stored`, remedy)]
      : [warning(message, remedy)]
  })
  for (const { name } of defaults)
    findings.push(
      failed(
        `events that found no partition went to ${name}, where no month's retention finds them`,
        'move its rows to their months, then detach and drop it',
      ),
    )
  return orOk(findings, `this month and ${AHEAD} ahead, no DEFAULT partition`)
}
