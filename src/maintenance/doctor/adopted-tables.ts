import type pg from 'pg'
import { readAccess, rolesToName } from '../../database/migrate/phase-one/read-access.ts'
import { type Bypass, readBypasses } from '../../database/migrate/phase-one/read-bypasses.ts'
import { isAdopted, readHostTables } from '../../database/migrate/phase-one/read-host-tables.ts'
import { type Finding, failed, ok, type Subject, warning } from './finding.ts'

/**
 * Every role that a host product has granted one of its tables sees the rows of it, later grants included, and nothing
 * of the host's shows them to Tenantry's roles past the policies.
 */
export async function adoptedTables({ pool, url }: Subject): Promise<Finding[]> {
  const client = await pool.connect()
  try {
    return await examineAdopted(client, decodeURIComponent(new URL(url).username))
  } finally {
    client.release()
  }
}

async function examineAdopted(client: pg.ClientBase, login: string): Promise<Finding[]> {
  const tables = (await readHostTables(client)).filter(isAdopted)
  const names = tables.map(({ name }) => name)
  const findings = (await readBypasses(client, names, login)).map(bypassFinding)
  for (const access of await readAccess(client, names)) {
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

/** A partition holds the rows themselves; whom a view is for is the host's to say. */
function bypassFinding({ kind, name, table, roles }: Bypass): Finding {
  const sql = [`REVOKE ALL ON ${name} FROM ${roles.join(', ')};`]
  const remedy = 'let its owner run the SQL, and grant to the roles that need it'
  return kind === 'partition'
    ? failed(
        `${roles.join(', ')} may use ${name}, past the policies of ${table} whose rows it holds`,
        remedy,
        sql,
      )
    : warning(
        `${roles.join(', ')} may use the ${kind} ${name}, which shows ${table} to every role in the rights of its owner`,
        remedy,
        sql,
      )
}
