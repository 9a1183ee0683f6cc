import type pg from 'pg'

/**
 * Sees to it that `updated_at` is advanced by a function of ours, on our tables and where we added the column. A host's
 * update_updated_at_column() is made for its own tables: on ours it may fail, and it stays as it is.
 * Must run as the owner of our tables.
 */
export async function keepUpdatedAt(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ ours: boolean }>(
    `SELECT proowner = 'tenantry_owner'::regrole AS ours FROM pg_proc WHERE oid = to_regprocedure('public.update_updated_at_column()')`,
  )
  const usable = rows[0]?.ours ? 'update_updated_at_column' : 'advance_updated_at'
  if (!rows[0]?.ours) await replaceOnOurTables(client)
  for (const table of await readUntended(client)) {
    await client.query(
      `CREATE TRIGGER update_${table}_updated_at BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${usable}()`,
    )
  }
}

async function replaceOnOurTables(client: pg.ClientBase): Promise<void> {
  await client.query(`
    DO $$ BEGIN
      IF to_regprocedure('public.advance_updated_at()') IS NULL THEN
        CREATE FUNCTION advance_updated_at() RETURNS trigger LANGUAGE plpgsql
          AS 'BEGIN NEW.updated_at = clock_timestamp(); RETURN NEW; END';
      END IF;
    END $$`)
  const { rows } = await client.query<{ form: string }>(`
    SELECT pg_get_triggerdef(t.oid) AS form FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relowner = 'tenantry_owner'::regrole AND NOT t.tgisinternal
      AND t.tgfoid = to_regprocedure('public.update_updated_at_column()')`)
  for (const { form } of rows) {
    await client.query(
      form
        .replace(/^CREATE TRIGGER/, 'CREATE OR REPLACE TRIGGER')
        .replace(/EXECUTE FUNCTION .*$/, 'EXECUTE FUNCTION advance_updated_at()'),
    )
  }
}

/** A host's tables to which we added the column and nothing yet that keeps it. */
async function readUntended(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT table_name AS name FROM adopted_tables
    WHERE 'updated_at' = ANY (columns_added) AND NOT EXISTS (
      SELECT FROM pg_trigger
      WHERE tgrelid = to_regclass('public.' || table_name) AND tgname = 'update_' || table_name || '_updated_at')`)
  return rows.map(({ name }) => name)
}
