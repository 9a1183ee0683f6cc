import pg from 'pg'
import { ROLES } from '../../database/roles.ts'
import { TABLES } from '../../database/tables.ts'
import { type Finding, warning } from './finding.ts'

type Access = { name: string; way: 'owner' | 'role' | 'login' | 'public'; roles: string[] }

/**
 * Every table of ours that the login may use without having taken a role. What comes by a role of ours is not told
 * here: that the login inherits it says it all.
 */
export async function directAccess(pool: pg.Pool, login: string): Promise<Finding[]> {
  const { rows } = await pool.query<Access>(ACCESS, [login, TABLES.map(table => table.name), ROLES])
  return WAYS.flatMap(({ way, remedy }) => {
    const found = rows.filter(row => row.way === way)
    if (found.length === 0) return []
    const names = found.map(row => row.name).join(', ')
    const from = way === 'public' ? 'PUBLIC' : pg.escapeIdentifier(login)
    return warning(
      `the login ${login} itself may use ${names}: there, a statement outside of a role is not refused`,
      remedy([...new Set(found.flatMap(row => row.roles))].join(', ')),
      way === 'owner' || way === 'role'
        ? []
        : found.map(row => `REVOKE ALL ON ${pg.escapeIdentifier(row.name)} FROM ${from};`),
    )
  })
}

const WAYS: readonly { way: Access['way']; remedy: (roles: string) => string }[] = [
  { way: 'owner', remedy: () => 'it owns them: let the server use a login of its own' },
  { way: 'role', remedy: roles => `it inherits ${roles}: let the server use a login of its own` },
  { way: 'login', remedy: () => 'let the owner of these tables run the SQL' },
  {
    way: 'public',
    remedy: () => 'let the owner of these tables run the SQL, and grant to the roles that need it',
  },
]

/** By which way the login comes to a table outside of our roles; by two, there are two rows. */
const ACCESS = `
  WITH held AS (
    SELECT relname, relowner AS role, true AS owned FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($2)
    UNION
    SELECT relname, grantee, false FROM pg_class CROSS JOIN LATERAL aclexplode(relacl)
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($2) AND grantee <> relowner
    UNION
    SELECT relname, grantee, false
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid CROSS JOIN LATERAL aclexplode(attacl)
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($2) AND grantee <> relowner
    UNION
    SELECT relname, pg_roles.oid, false FROM pg_class CROSS JOIN pg_roles
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($2)
      AND rolname IN ('pg_read_all_data', 'pg_write_all_data')
  )
  SELECT relname AS name, array_remove(array_agg(DISTINCT rolname::text), NULL) AS roles, CASE
      WHEN role = 0 THEN 'public' WHEN rolname <> $1 THEN 'role' WHEN owned THEN 'owner' ELSE 'login'
    END AS way
  FROM held LEFT JOIN pg_roles ON pg_roles.oid = role
  WHERE role = 0 OR (pg_has_role($1, role, 'USAGE') AND rolname <> ALL ($3))
  GROUP BY relname, way ORDER BY relname`
