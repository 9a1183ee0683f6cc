import type pg from 'pg'

/** What we did to a host's table, so that a later run goes on where an earlier one ended. */
export interface AdoptedTable {
  name: string
  /** The columns that were not there before. */
  columnsAdded: string[]
  /** Whether the host had row-level security of its own, which then goes on governing its roles. */
  hostRowSecurity: boolean
  completed: boolean
  limitsEnforced: boolean
}

/** Makes the list of adopted tables where there is none. Must run as the owner of our tables. */
export async function createAdoptedTables(client: pg.ClientBase): Promise<void> {
  if (await hasAdoptedTables(client)) return
  await client.query(`
    CREATE TABLE adopted_tables (
      table_name text PRIMARY KEY,
      columns_added text[] NOT NULL,
      host_row_security boolean NOT NULL,
      adopted_at timestamptz NOT NULL DEFAULT now(),
      completed_at timestamptz,
      limits_enforced_at timestamptz
    );
    ALTER TABLE adopted_tables ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenantry_owner ON adopted_tables TO tenantry_owner USING (true) WITH CHECK (true);
    CREATE POLICY tenantry_read ON adopted_tables FOR SELECT
      TO tenantry_admin, tenantry_jobs, tenantry_backup USING (true);
    GRANT SELECT ON adopted_tables TO tenantry_admin, tenantry_jobs, tenantry_backup;
  `)
}

/** The adopted tables, in the order of their names; none where nothing was ever adopted. Reads as whoever may. */
export async function readAdoptedTables(client: pg.ClientBase): Promise<AdoptedTable[]> {
  if (!(await hasAdoptedTables(client))) return []
  const { rows } = await client.query<AdoptedTable>(`
    SELECT table_name AS name, columns_added AS "columnsAdded", host_row_security AS "hostRowSecurity",
      completed_at IS NOT NULL AS completed, limits_enforced_at IS NOT NULL AS "limitsEnforced"
    FROM public.adopted_tables ORDER BY table_name`)
  return rows
}

async function hasAdoptedTables(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('public.adopted_tables') IS NOT NULL AS found`,
  )
  return rows[0]?.found ?? false
}
