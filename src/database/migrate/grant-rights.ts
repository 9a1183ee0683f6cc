import pg from 'pg'
import { ROLES } from '../roles.ts'
import { loginInheritsOurs, privilegeMissing } from './errors.ts'
import type { RightsStep } from './plan-rights.ts'
import { collidedOnRole, retryWhile } from './retry.ts'
import type { MigrationSession } from './session.ts'

/**
 * Runs the planned statements. Roles belong to the whole server, and a migration of another of its databases may be
 * making the same ones: whoever comes second asks again.
 */
export async function grantRights(
  session: MigrationSession,
  steps: RightsStep[],
  login: string,
): Promise<void> {
  for (const step of steps) await retryWhile(collidedOnRole, PATIENCE_MS, () => run(session.client, step))
  await assertNothingInherited(session, login)
}

async function run(client: pg.ClientBase, step: RightsStep): Promise<void> {
  try {
    await client.query('BEGIN')
    if (step.as) await client.query(`SET LOCAL ROLE ${step.as}`)
    await client.query(step.sql)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    const code = error instanceof pg.DatabaseError ? error.code : undefined
    if (code === ALREADY_THERE) return
    if (code === NOT_ALLOWED) throw privilegeMissing([step.missing], [`${step.sql};`])
    throw error
  }
}

/** Asked of the server itself: a role may also have come to the login on a way that we did not grant. */
async function assertNothingInherited(session: MigrationSession, login: string): Promise<void> {
  const { rows } = await session.client.query<{ name: string }>(
    `SELECT name FROM unnest($2::text[]) AS name, pg_roles AS login
     WHERE rolname = $1 AND NOT rolsuper AND pg_has_role(login.oid, name, 'USAGE')`,
    [login, ROLES],
  )
  if (rows.length > 0) {
    throw loginInheritsOurs(
      login,
      rows.map(row => row.name),
    )
  }
}

const ALREADY_THERE = '42710'
const NOT_ALLOWED = '42501'
const PATIENCE_MS = 15_000
