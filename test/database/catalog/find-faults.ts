import type pg from 'pg'
import { TABLES } from '../../../src/database/tables.ts'

/** Everything in the catalog that would let a tenant see another, each as a sentence. Empty on a sound database. */
export async function findFaults(client: pg.Pool | pg.ClientBase): Promise<string[]> {
  const faults: string[] = []
  for (const look of [tables, policies, views, partitions, materializedViews, functions]) {
    faults.push(...(await look(client)))
  }
  return faults.sort()
}

type Client = pg.Pool | pg.ClientBase

async function tables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; bound: boolean; policies: number; has_key: boolean }>(`
    SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS bound,
      (SELECT count(*)::int FROM pg_policy WHERE polrelid = c.oid) AS policies,
      EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'organization_id' AND NOT attisdropped) AS has_key
    FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`)
  const faults = []
  for (const { name, bound, policies, has_key } of rows) {
    const listed = TABLES.find(table => table.name === name)
    if (!listed) faults.push(`${name} is not listed in src/database/tables.ts`)
    if (!bound) faults.push(`${name} has no forced row-level security`)
    if (policies === 0) faults.push(`${name} has no policy`)
    if (listed?.tenantKey === 'organization_id' && !has_key)
      faults.push(`${name} has no column organization_id`)
    if (listed?.tenantKey === 'none' && has_key && name !== 'admin_audit_logs')
      faults.push(`${name} has a column organization_id and is listed as no tenant's`)
  }
  const present = new Set(rows.map(row => row.name))
  for (const { name } of TABLES) if (!present.has(name)) faults.push(`${name} is listed and does not exist`)
  return faults
}

/** A table of tenants has exactly one permissive policy for them, which is the plain comparison; another table has none. */
async function policies(client: Client): Promise<string[]> {
  const { rows } = await client.query<{
    name: string
    policies: { using: string; check: string; command: string }[]
  }>(`
    SELECT relname AS name, coalesce(jsonb_agg(jsonb_build_object('command', polcmd,
      'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid))) FILTER (WHERE polname IS NOT NULL), '[]') AS policies
    FROM pg_class c LEFT JOIN pg_policy p ON polrelid = c.oid AND polpermissive
      AND polroles && ARRAY[0::oid, 'tenantry_tenant'::regrole::oid]
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    GROUP BY relname`)
  return rows.flatMap(({ name, policies }) => {
    const key = TABLES.find(table => table.name === name)?.tenantKey
    if (key === undefined) return []
    if (key === 'none') return policies.length === 0 ? [] : [`${name} has a policy for tenants`]
    const same = `(${key} = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid)`
    const [policy] = policies
    const plain =
      policies.length === 1 && policy?.command === '*' && policy.using === same && policy.check === same
    return plain ? [] : [`${name} does not compare ${key} in one policy for tenants`]
  })
}

async function views(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
      AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)`)
  return rows.map(({ name }) => `the view ${name} is not security_invoker`)
}

async function partitions(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; bound: boolean; role: string | null }>(`
    SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS bound, rolname AS role
    FROM pg_class c LEFT JOIN pg_roles r ON rolname ~ '^tenantry_(tenant|ingest|admin|jobs|backup)$'
      AND (has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE'))
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relispartition`)
  return rows.flatMap(({ name, bound, role }) => [
    ...(bound ? [] : [`the partition ${name} has no forced row-level security`]),
    ...(role ? [`${role} may use the partition ${name} itself`] : []),
  ])
}

async function materializedViews(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; role: string }>(`
    SELECT relname AS name, rolname AS role
    FROM pg_class c JOIN pg_roles r ON rolname IN ('tenantry_tenant', 'tenantry_ingest')
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'm' AND has_table_privilege(r.oid, c.oid, 'SELECT')`)
  return rows.map(({ name, role }) => `${role} may read the materialized view ${name}`)
}

async function functions(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; pinned: boolean; open: boolean }>(`
    SELECT oid::regprocedure::text AS name,
      EXISTS (SELECT FROM unnest(proconfig) setting WHERE setting LIKE 'search_path=%') AS pinned,
      EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0) AS open
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`)
  return rows.flatMap(({ name, pinned, open }) => [
    ...(pinned ? [] : [`${name} runs as its owner without a pinned search_path`]),
    ...(open ? [`${name} runs as its owner for everybody`] : []),
  ])
}
