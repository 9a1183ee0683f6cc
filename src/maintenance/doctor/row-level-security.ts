import { ROLES } from '../../database/roles.ts'
import { TABLES } from '../../database/tables.ts'
import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

type Table = {
  name: string
  /** Made by the host product, which stays its owner: there, its own roles are not bound. */
  host: boolean
  /** Whether a role of ours may do anything with it; a host's table of another kind is none of our business. */
  used: boolean
  enabled: boolean
  forced: boolean
  policies: number
  leaks: string[]
}

/** Our roles are bound by policies on every table, as is our owner, and no policy shows a tenant the rows of another. */
export async function rowLevelSecurity({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<Table>(READ_TABLES, [OWN_ROWS, ROLES])
  const present = new Map(rows.map(row => [row.name, row]))
  const listed = new Set<string>(TABLES.map(table => table.name))
  const findings = TABLES.flatMap(({ name }) => tableFaults(name, present.get(name)))
  const { rows: ours } = await pool.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND NOT relispartition AND relowner = to_regrole('tenantry_owner') ORDER BY 1`)
  for (const { name } of ours.filter(table => !listed.has(table.name)))
    findings.push(
      warning(
        `the table ${name} belongs to tenantry_owner but not to this version`,
        'drop it, or move it away',
      ),
    )
  return orOk(findings, `${TABLES.length} tables, no tenant sees another`)
}

function tableFaults(name: string, table: Table | undefined): Finding[] {
  if (!table) return [failed(`the table ${name} does not exist`, 'run `tenantry migrate`')]
  const findings: Finding[] = []
  if (table.host && !table.used) return []
  if (!table.enabled || !(table.forced || table.host)) {
    const force = table.host ? '' : ', FORCE ROW LEVEL SECURITY'
    findings.push(
      failed(
        `row-level security is not ${table.enabled ? 'forced' : 'enabled'} on ${name}`,
        'let an administrator run the SQL',
        [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY${force};`],
      ),
    )
  }
  if (table.policies === 0)
    findings.push(
      failed(`${name} has no policy: nobody sees a row of it`, 'restore the policies of its migration'),
    )
  for (const policy of table.leaks)
    findings.push(
      failed(
        `the policy ${policy} on ${name} shows a tenant the rows of others`,
        'let an administrator run the SQL',
        [`DROP POLICY ${policy} ON ${name};`],
      ),
    )
  return findings
}

/**
 * A permissive policy that binds the tenant role (or PUBLIC, hence also that) leaks unless it compares the organization
 * and does nothing else: permissive policies are ORed, so one loose one undoes all others.
 */
const OWN_ROWS = `^\\((id|organization_id) = \\(NULLIF\\(current_setting\\('app\\.organization_id'::text, true\\), ''::text\\)\\)::uuid\\)$`

const READ_TABLES = `
  SELECT relname AS name, relrowsecurity AS enabled, relforcerowsecurity AS forced,
    relowner <> coalesce(to_regrole('tenantry_owner'), 0) AS host,
    EXISTS (SELECT FROM pg_roles WHERE rolname = ANY ($2) AND rolname <> 'tenantry_owner'
      AND has_any_column_privilege(pg_roles.oid, pg_class.oid, 'SELECT, INSERT, UPDATE')) AS used,
    (SELECT count(*)::int FROM pg_policy WHERE polrelid = pg_class.oid) AS policies,
    ARRAY(SELECT quote_ident(polname) FROM pg_policy
      WHERE polrelid = pg_class.oid AND polpermissive
        AND polroles && ARRAY[0::oid, coalesce(to_regrole('tenantry_tenant'), 0)::oid]
        AND NOT (coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) ~ $1
          AND coalesce(pg_get_expr(polwithcheck, polrelid), pg_get_expr(polqual, polrelid)) ~ $1)) AS leaks
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`
