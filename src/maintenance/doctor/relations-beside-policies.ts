import { type Finding, failed, orOk, type Subject } from './finding.ts'

type Relation = { name: string; kind: 'v' | 'm' | 'r' | 'p'; bound: boolean; readers: string[] }

/**
 * What policies of a table do not reach: a view acts as its owner unless it is security_invoker, a partition has none
 * of its parent's policies, a materialized view can have none at all.
 */
export async function relationsBesidePolicies({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<Relation>(`
    SELECT pg_class.oid::regclass::text AS name, relkind AS kind,
      CASE relkind WHEN 'v' THEN EXISTS (SELECT FROM unnest(reloptions) AS option
        WHERE option ~ '^security_invoker=(true|on|1|yes)$') ELSE relrowsecurity AND relforcerowsecurity END AS bound,
      ARRAY(SELECT DISTINCT coalesce(rolname, 'PUBLIC')::text FROM aclexplode(relacl) AS acl LEFT JOIN pg_roles ON pg_roles.oid = acl.grantee
        WHERE acl.grantee <> relowner) AS readers
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner = to_regrole('tenantry_owner')
      AND (relkind IN ('v', 'm') OR relispartition) AND relkind <> 'I' AND relkind <> 'i'
    ORDER BY 1`)
  const views = rows.filter(row => row.kind === 'v').length
  const materialized = rows.filter(row => row.kind === 'm').length
  return orOk(
    rows.flatMap(faults),
    `${views} views, ${materialized} materialized views and ${rows.length - views - materialized} partitions show nobody more than the tables do`,
  )
}

function faults({ name, kind, bound, readers }: Relation): Finding[] {
  const remedy = 'let an administrator run the SQL'
  if (kind === 'v') {
    if (bound) return []
    const sql = [`ALTER VIEW ${name} SET (security_invoker = true);`]
    return [failed(`the view ${name} shows the rows of every organization`, remedy, sql)]
  }
  const revoke = (roles: readonly string[]) => [`REVOKE ALL ON ${name} FROM ${roles.join(', ')};`]
  if (kind === 'm') {
    const others = readers.filter(role => role !== 'tenantry_admin' && role !== 'tenantry_backup')
    return others.length === 0
      ? []
      : [
          failed(
            `${others.join(', ')} may read the materialized view ${name}, which shows every organization`,
            remedy,
            revoke(others),
          ),
        ]
  }
  const findings: Finding[] = []
  if (readers.length > 0)
    findings.push(
      failed(
        `${readers.join(', ')} may use the partition ${name}, past the policies of its table`,
        remedy,
        revoke(readers),
      ),
    )
  if (!bound)
    findings.push(
      failed(`row-level security is not forced on the partition ${name}`, remedy, [
        `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
      ]),
    )
  return findings
}
