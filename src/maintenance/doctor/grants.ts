import { TABLES } from '../../database/tables.ts'
import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

type Excess = { relation: string; role: string; privileges: string; host: boolean }

/** No role holds a right that it has no use for: those are what an attacker would use. */
export async function grants({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<Excess>(EXCESS, [TABLES.map(table => table.name)])
  return orOk(rows.map(finding), 'no role holds a right on a table that it has no use for')
}

function finding({ relation, role, privileges, host }: Excess): Finding {
  const sql = [`REVOKE ${privileges} ON ${relation} FROM ${role};`]
  // What the host product grants on its own tables is for the host to decide.
  if (host)
    return warning(
      `${role} may ${privileges} ${relation}, a table of the host product`,
      'revoke it there',
      sql,
    )
  return failed(`${role} may ${privileges} ${relation}`, 'let an administrator run the SQL', sql)
}

/**
 * Rights nobody but the owner may hold; any right of PUBLIC; more than SELECT for backups; and for ingest more than
 * INSERT (what it may read are columns, which are not listed here).
 */
const EXCESS = `
  SELECT pg_class.oid::regclass::text AS relation, coalesce(grantee.rolname, 'PUBLIC') AS role,
    string_agg(acl.privilege_type, ', ' ORDER BY acl.privilege_type) AS privileges,
    pg_class.relowner <> coalesce(to_regrole('tenantry_owner'), 0) AS host
  FROM pg_class CROSS JOIN LATERAL aclexplode(pg_class.relacl) AS acl LEFT JOIN pg_roles AS grantee ON grantee.oid = acl.grantee
  WHERE pg_class.relnamespace = 'public'::regnamespace AND pg_class.relname = ANY ($1) AND (
    acl.grantee = 0
    OR (grantee.rolname ~ '^tenantry_' AND grantee.rolname <> 'tenantry_owner'
      AND acl.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'))
    OR (grantee.rolname = 'tenantry_backup' AND acl.privilege_type IN ('INSERT', 'UPDATE', 'DELETE'))
    OR (grantee.rolname = 'tenantry_ingest' AND acl.privilege_type IN ('SELECT', 'UPDATE', 'DELETE')))
  GROUP BY pg_class.oid, grantee.rolname, pg_class.relowner
  ORDER BY 1, 2`
