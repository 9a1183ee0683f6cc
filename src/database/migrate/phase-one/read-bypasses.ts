import type pg from 'pg'

/** A relation that shows rows of a host's table and that the policies of this table do not bind. */
export interface Bypass {
  name: string
  kind: 'partition' | 'view' | 'materialized view'
  /** The table whose rows it shows. */
  table: string
  owner: string
  /** Those of Tenantry's roles, of its login and of PUBLIC (which they are) who may use it. */
  roles: string[]
}

/**
 * Finds the ways past the policies of `tables` that a host's grants open to our roles: a partition (or another table that
 * inherits) has policies of its own or none, and a view reads with the rights of its owner. `login` serves our requests.
 */
export async function readBypasses(
  client: pg.ClientBase,
  tables: readonly string[],
  login: string,
): Promise<Bypass[]> {
  const { rows } = await client.query<Bypass>(QUERY, [tables, login])
  return rows
}

const QUERY = `
  WITH RECURSIVE shown (oid, root) AS (
    SELECT oid, relname::text FROM pg_class
    WHERE relnamespace = to_regnamespace('public') AND relname = ANY ($1)
    UNION
    SELECT below.oid, shown.root FROM shown CROSS JOIN LATERAL (
      SELECT inhrelid AS oid FROM pg_inherits WHERE inhparent = shown.oid
      UNION ALL
      SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
      WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = shown.oid
        AND r.ev_class <> shown.oid
    ) AS below
  )
  SELECT DISTINCT c.oid::regclass::text AS name, shown.root AS table, pg_get_userbyid(c.relowner)::text AS owner,
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'partition' END AS kind, open.roles
  FROM shown JOIN pg_class c ON c.oid = shown.oid
  CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT coalesce(g.rolname::text, 'PUBLIC')) AS roles
    FROM (
      SELECT acl.grantee, acl.privilege_type FROM aclexplode(c.relacl) AS acl
      UNION
      SELECT acl.grantee, acl.privilege_type FROM pg_attribute a, aclexplode(a.attacl) AS acl WHERE a.attrelid = c.oid
    ) AS granted LEFT JOIN pg_roles g ON g.oid = granted.grantee
    WHERE granted.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') AND granted.grantee <> c.relowner
      AND (granted.grantee = 0 OR g.rolname = $2 OR g.rolname ~ '^tenantry_')
  ) AS open
  WHERE open.roles IS NOT NULL AND pg_get_userbyid(c.relowner) <> 'tenantry_owner'
    AND NOT (c.relnamespace = to_regnamespace('public') AND c.relname = ANY ($1))
    AND CASE c.relkind
      WHEN 'v' THEN NOT EXISTS (
        SELECT FROM unnest(c.reloptions) AS option WHERE option ~ '^security_invoker=(true|on|1|yes)$')
      WHEN 'm' THEN true
      ELSE NOT c.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND 0 = ANY (p.polroles)) END
  ORDER BY 1`
