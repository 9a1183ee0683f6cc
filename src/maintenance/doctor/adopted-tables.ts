import type pg from 'pg'
import { readAccess, rolesToName } from '../../database/migrate/phase-one/read-access.ts'
import { isAdopted, readHostTables } from '../../database/migrate/phase-one/read-host-tables.ts'
import { type Finding, ok, type Subject, warning } from './finding.ts'

/** Every role that a host product has granted one of its tables sees the rows of it, later grants included. */
export async function adoptedTables({ pool, url }: Subject): Promise<Finding[]> {
  const client = await pool.connect()
  try {
    return await findUnnamed(client, decodeURIComponent(new URL(url).username))
  } finally {
    client.release()
  }
}

async function findUnnamed(client: pg.ClientBase, login: string): Promise<Finding[]> {
  const tables = (await readHostTables(client)).filter(isAdopted)
  const findings: Finding[] = []
  for (const access of await readAccess(
    client,
    tables.map(({ name }) => name),
  )) {
    const table = tables.find(({ name }) => name === access.name)
    // Without this policy the host's own row-level security says who sees what.
    const policy = table?.policies.find(({ name }) => name === 'tenantry_host')
    const unnamed = (await rolesToName(client, access, login)).filter(
      role => policy && !policy.roles.includes(role),
    )
    if (unnamed.length > 0)
      findings.push(
        warning(
          `${unnamed.join(', ')} may use ${access.name} by a grant, and no policy shows its rows`,
          'run `tenantry migrate`, which names the role in the policy tenantry_host',
        ),
      )
  }
  if (findings.length > 0) return findings
  return [ok(tables.length > 0 ? `${tables.length} adopted, every role of the host sees its rows` : 'none')]
}
