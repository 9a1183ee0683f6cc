import type pg from 'pg'

/** Who could read or write a table by its grants, before row-level security is on. */
export interface TableAccess {
  name: string
  /** Owner and grantees, of the table or of a column of it. */
  roles: string[]
  /** What PUBLIC, that is every role of the server, was granted. */
  public: string[]
}

/** Reads the grants of `tables`. Roles that inherit from a grantee are governed by the policy of the grantee. */
export async function readAccess(client: pg.ClientBase, tables: readonly string[]): Promise<TableAccess[]> {
  const { rows } = await client.query<TableAccess>(QUERY, [tables])
  return rows
}

/**
 * The roles that the policy `tenantry_host` names, so that each keeps what its grants allow. PUBLIC is spelled out,
 * but for the login of Tenantry: that one is to see nothing until it has taken a role.
 */
export async function rolesToName(
  client: pg.ClientBase,
  access: TableAccess,
  login: string,
): Promise<string[]> {
  const named = [...access.roles, 'pg_read_all_data', 'pg_write_all_data']
  if (access.public.length > 0) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT rolname::text AS name FROM pg_roles WHERE rolname !~ '^(pg|tenantry)_' AND rolname <> $1`,
      [login],
    )
    named.push(...rows.map(row => row.name))
  }
  return [...new Set(named)].sort()
}

const QUERY = `
  WITH granted AS (
    SELECT c.relname, acl.grantee, acl.privilege_type
    FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS acl
    WHERE c.relnamespace = to_regnamespace('public') AND c.relname = ANY ($1)
    UNION
    SELECT c.relname, acl.grantee, acl.privilege_type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) AS acl
    WHERE c.relnamespace = to_regnamespace('public') AND c.relname = ANY ($1)
    UNION
    SELECT c.relname, c.relowner, 'SELECT'
    FROM pg_class c
    WHERE c.relnamespace = to_regnamespace('public') AND c.relname = ANY ($1)
  )
  SELECT g.relname::text AS name,
    coalesce(array_agg(DISTINCT r.rolname::text) FILTER (WHERE r.rolname !~ '^tenantry_'), '{}') AS roles,
    coalesce(array_agg(DISTINCT g.privilege_type) FILTER (WHERE g.grantee = 0), '{}') AS public
  FROM granted g LEFT JOIN pg_roles r ON r.oid = g.grantee
  WHERE g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  GROUP BY g.relname`
