import pg from 'pg'
import { migrationEdited, migrationUnknown, privilegeMissing } from './errors.ts'
import type { MigrationFile } from './files.ts'
import { readAdoptedTables } from './phase-one/adopted-tables.ts'

export type MigrationState = 'applied' | 'pending' | 'edited' | 'unknown'

/** One migration as the database and the files together see it. `unknown`: applied, but there is no such file. */
export interface MigrationStatus {
  name: string
  state: MigrationState
}

/** Makes the list of applied migrations where there is none. Must run as the owner of our tables. */
export async function createLedger(client: pg.ClientBase): Promise<void> {
  if (await hasLedger(client)) return
  await client.query(`
    CREATE TABLE public.tenantry_migrations (
      name text PRIMARY KEY,
      sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE tenantry_migrations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenantry_owner ON tenantry_migrations TO tenantry_owner USING (true) WITH CHECK (true);
    CREATE POLICY tenantry_read ON tenantry_migrations FOR SELECT
      TO tenantry_admin, tenantry_jobs, tenantry_backup USING (true);
    GRANT SELECT ON tenantry_migrations TO tenantry_admin, tenantry_jobs, tenantry_backup;
  `)
}

export async function recordMigration(client: pg.ClientBase, file: MigrationFile): Promise<void> {
  await client.query('INSERT INTO tenantry_migrations (name, sha256) VALUES ($1, $2)', [
    file.name,
    file.sha256,
  ])
}

/** The files that are not applied yet, in their order; refuses a database that was migrated by other files than these. */
export async function readPendingFiles(
  client: pg.ClientBase,
  files: MigrationFile[],
): Promise<MigrationFile[]> {
  const status = await asReader(client, () => readMigrationStatus(client, files))
  const named = (state: MigrationState) => status.filter(row => row.state === state).map(row => row.name)
  if (named('edited').length > 0) throw migrationEdited(named('edited'))
  if (named('unknown').length > 0) throw migrationUnknown(named('unknown'))
  const pending = new Set(named('pending'))
  return files.filter(file => pending.has(file.name))
}

/** Compares the files with what has been applied, in the order of their names. Reads in the role that the client has. */
export async function readMigrationStatus(
  client: pg.ClientBase,
  files: MigrationFile[],
): Promise<MigrationStatus[]> {
  const applied = await readLedger(client)
  const byFile = files.map((file): MigrationStatus => {
    const sha256 = applied.get(file.name)
    if (sha256 === undefined) return { name: file.name, state: 'pending' }
    return { name: file.name, state: sha256 === file.sha256 ? 'applied' : 'edited' }
  })
  const names = new Set(files.map(file => file.name))
  const unknown = [...applied.keys()].filter(name => !names.has(name))
  const adopting = (await readAdoptedTables(client)).filter(({ completed }) => !completed)
  return [
    ...byFile,
    ...unknown.map((name): MigrationStatus => ({ name, state: 'unknown' })),
    // A host's table that a killed run has left without its values.
    ...adopting.map(({ name }): MigrationStatus => ({ name: `adoption of ${name}`, state: 'pending' })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Runs `work` in a role that may read what is applied: the connected one often has no right of its own to any table. */
export async function asReader<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  if (!(await hasLedger(client))) return work()
  const { rows } = await client.query<{ user: string; role: string | null }>(
    `SELECT current_user AS user,
       (SELECT rolname FROM pg_roles
        WHERE rolname IN ('tenantry_owner', 'tenantry_jobs') AND pg_has_role(oid, 'MEMBER') LIMIT 1) AS role`,
  )
  const reader = rows[0]
  if (!reader?.role) {
    throw privilegeMissing(
      [`The role ${reader?.user} may not read which migrations are applied.`],
      [`GRANT tenantry_jobs TO ${pg.escapeIdentifier(reader?.user ?? '')};`],
    )
  }
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL ROLE ${reader.role}`)
    return await work()
  } finally {
    await client.query('ROLLBACK')
  }
}

async function readLedger(client: pg.ClientBase): Promise<Map<string, string>> {
  if (!(await hasLedger(client))) return new Map()
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM public.tenantry_migrations',
  )
  return new Map(rows.map(row => [row.name, row.sha256]))
}

async function hasLedger(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('public.tenantry_migrations') IS NOT NULL AS found`,
  )
  return rows[0]?.found ?? false
}
