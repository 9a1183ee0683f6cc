import { type Finding, failed, ok, type Subject } from './finding.ts'

/** The server answers, and lets the login in. The address is not repeated: it holds a password. */
export async function connection({ pool, url }: Subject): Promise<Finding[]> {
  const started = performance.now()
  try {
    const { rows } = await pool.query<{ database: string; login: string }>(
      'SELECT current_database() AS database, session_user AS login',
    )
    const milliseconds = (performance.now() - started).toFixed(0)
    return [
      ok(`${rows[0]?.login} on database ${rows[0]?.database} at ${new URL(url).host}, ${milliseconds} ms`),
    ]
  } catch (error) {
    const reason = error instanceof AggregateError ? error.errors[0] : error
    return [
      failed(`no connection: ${reason.message}`, 'correct DATABASE_URL, or start the server that it names'),
    ]
  }
}
