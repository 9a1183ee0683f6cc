import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

/** The server keeps what it has acknowledged, stores any text, and lets us write. */
export async function server({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<{ name: string; value: string }>(`
    SELECT name, setting AS value FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_encoding')
    UNION ALL SELECT 'standby', pg_is_in_recovery()::text`)
  const value = new Map(rows.map(row => [row.name, row.value]))
  const findings: Finding[] = []
  if (value.get('standby') === 'true')
    findings.push(
      failed('this server is a standby: nothing can be written', 'point DATABASE_URL at the primary'),
    )
  for (const name of ['fsync', 'full_page_writes']) {
    if (value.get(name) === 'off')
      findings.push(
        failed(
          `${name} is off: a power cut destroys the database`,
          `set ${name} = on and restart the server`,
        ),
      )
  }
  if (value.get('synchronous_commit') === 'off')
    findings.push(
      warning(
        'synchronous_commit is off: what was acknowledged in the last moments before a crash is lost',
        'set it to on for this database',
      ),
    )
  if (value.get('server_encoding') !== 'UTF8')
    findings.push(
      failed(
        `the database is encoded in ${value.get('server_encoding')}: texts from outside do not all fit`,
        'make a new database with ENCODING UTF8',
      ),
    )
  return orOk(findings, 'what is acknowledged is on disk (fsync, full_page_writes, synchronous_commit)')
}
