import { VERSION } from '../../platform/version.ts'
import { type Finding, failed, ok, type Subject } from './finding.ts'

/** Node and PostgreSQL are ones that this version was made for. */
export async function versions({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<{ number: number; shown: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS shown",
  )
  const server = rows[0]
  return [
    ok(`tenantry ${VERSION}`),
    isNodeSupported(process.versions.node)
      ? ok(`Node ${process.versions.node}`)
      : failed(`Node ${process.versions.node} is too old`, 'install Node 20.19 or later'),
    server && server.number >= 150_000
      ? ok(`PostgreSQL ${server.shown}`)
      : failed(`PostgreSQL ${server?.shown} is too old`, 'upgrade the server to PostgreSQL 15 or later'),
  ]
}

export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}
