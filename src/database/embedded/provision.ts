import type pg from 'pg'

/** The login without rights and the database that the server uses exist afterwards; both are made once. */
export async function provision(client: pg.Client, password: string): Promise<void> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tenantry') AS role,
            EXISTS (SELECT FROM pg_database WHERE datname = 'tenantry') AS database`,
  )
  if (!rows[0]?.role) {
    // The statement holds a password: should it fail, it must not stand in the log.
    await client.query('SET log_min_error_statement = panic')
    await client.query(
      `CREATE ROLE tenantry LOGIN NOSUPERUSER NOINHERIT NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS
       PASSWORD ${client.escapeLiteral(password)}`,
    )
    await client.query('RESET log_min_error_statement')
  }
  if (!rows[0]?.database) await client.query('CREATE DATABASE tenantry')
}
