import pg from 'pg'
import { LOOKUPS } from '../lookups.ts'
import { ROLES } from '../roles.ts'
import { loginInheritsOthers, loginUnknown, privilegeMissing } from './errors.ts'
import { collidedOnRole, retryWhile } from './retry.ts'
import { grantMembership } from './roles.ts'
import type { MigrationSession } from './session.ts'

/**
 * Lets `login` take our roles, one for one transaction, and call the look-ups; outside a role it can read no table.
 * A superuser is left alone: nothing binds it, and `tenantry doctor` says so.
 */
export async function grantLogin(session: MigrationSession, login: string): Promise<void> {
  const { rows } = await session.client.query<{ superuser: boolean; inherits: boolean }>(
    'SELECT rolsuper AS superuser, rolinherit AS inherits FROM pg_roles WHERE rolname = $1',
    [login],
  )
  const role = rows[0]
  if (!role) throw loginUnknown(login)
  if (role.superuser) return
  // Only whoever migrates acts as the owner; a login that serves requests never needs to.
  for (const granted of ROLES.filter(name => name !== 'tenantry_owner'))
    await grantMembership(session, granted, login)
  // Before 16 it is the member that inherits or not, not the membership.
  if (session.version < 160_000 && role.inherits) await stopInheriting(session, login)
}

/** Grants EXECUTE on the look-ups to `login` alone. Must run as the owner of our functions. */
export async function grantLookups(client: pg.ClientBase, login: string): Promise<void> {
  for (const lookup of LOOKUPS) {
    const { rows } = await client.query<{ found: boolean; granted: boolean }>(
      `SELECT to_regprocedure($1) IS NOT NULL AS found, has_function_privilege($2, to_regprocedure($1)::oid, 'EXECUTE') AS granted`,
      [lookup, login],
    )
    if (!rows[0]?.found || rows[0].granted) continue
    await client.query(`GRANT EXECUTE ON FUNCTION ${lookup} TO ${pg.escapeIdentifier(login)}`)
  }
}

async function stopInheriting(session: MigrationSession, login: string): Promise<void> {
  const { rows } = await session.client.query<{ name: string }>(
    `SELECT roleid::regrole::text AS name FROM pg_auth_members
     WHERE member = to_regrole($1) AND NOT roleid::regrole::text = ANY ($2)`,
    [pg.escapeIdentifier(login), ROLES],
  )
  if (rows.length > 0)
    throw loginInheritsOthers(
      login,
      rows.map(row => row.name),
    )
  const sql = `ALTER ROLE ${pg.escapeIdentifier(login)} NOINHERIT`
  try {
    await retryWhile(collidedOnRole, 15_000, () => session.client.query(sql))
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error
    throw privilegeMissing([`${session.user} may not alter the role ${login}.`], [`${sql};`])
  }
}
