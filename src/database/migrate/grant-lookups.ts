import pg from 'pg'
import { LOOKUPS } from '../lookups.ts'

/** Grants EXECUTE on the look-ups to `login` alone. Must run as the owner of our functions. */
export async function grantLookups(client: pg.ClientBase, login: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) AS name
     WHERE to_regprocedure(name) IS NOT NULL AND NOT has_function_privilege($2, to_regprocedure(name)::oid, 'EXECUTE')`,
    [LOOKUPS, login],
  )
  for (const { name } of rows)
    await client.query(`GRANT EXECUTE ON FUNCTION ${name} TO ${pg.escapeIdentifier(login)}`)
}
