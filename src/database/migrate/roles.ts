import pg from 'pg'
import { ROLES, type Role } from '../roles.ts'
import { privilegeMissing } from './errors.ts'
import { collidedOnRole, retryWhile } from './retry.ts'
import type { MigrationSession } from './session.ts'

/** Makes the roles that the cluster lacks, and lets the connected role act as the owner of our tables. */
export async function createRoles(session: MigrationSession): Promise<void> {
  const missing = await missingRoles(session.client)
  if (missing.length > 0 && !session.superuser && !session.createRole) {
    throw privilegeMissing(
      [`The roles ${missing.join(', ')} do not exist and ${session.user} may not create them.`],
      missing.map(role => `CREATE ROLE ${role} NOLOGIN;`),
    )
  }
  for (const role of missing) {
    await retryWhile(collidedOnRole, ROLE_PATIENCE_MS, async () => {
      const still = await missingRoles(session.client)
      if (still.includes(role)) await session.client.query(`CREATE ROLE ${role} NOLOGIN`)
    })
  }
  if (!session.superuser) await grantMembership(session, 'tenantry_owner', session.user)
}

/** Lets the owner of our tables make them in this database. */
export async function grantDatabaseToOwner(session: MigrationSession): Promise<void> {
  const { client, database } = session
  const name = pg.escapeIdentifier(database)
  const wanted = [
    {
      has: `has_database_privilege('tenantry_owner', current_database(), 'CREATE')`,
      grant: `GRANT CREATE ON DATABASE ${name} TO tenantry_owner`,
    },
    {
      has: `has_schema_privilege('tenantry_owner', 'public', 'CREATE')`,
      grant: 'GRANT CREATE, USAGE ON SCHEMA public TO tenantry_owner',
    },
    ...ROLES.map(role => ({
      has: `has_schema_privilege('${role}', 'public', 'USAGE')`,
      grant: `GRANT USAGE ON SCHEMA public TO ${role}`,
    })),
  ]
  const { rows } = await client.query<boolean[]>({
    text: `SELECT ${wanted.map(({ has }) => has).join(', ')}`,
    rowMode: 'array',
  })
  const grants = wanted.filter((_, index) => !rows[0]?.[index]).map(({ grant }) => grant)
  if (grants.length === 0) return
  if (!session.superuser && !session.databaseOwner) {
    throw privilegeMissing(
      [
        `${session.user} does not own the database ${database}, so it cannot give tenantry_owner the right to make tables in it.`,
      ],
      grants.map(grant => `${grant};`),
    )
  }
  await retryWhile(collidedOnRole, ROLE_PATIENCE_MS, async () => {
    // A login that does not inherit owns the schema public through this role only.
    const asOwner = session.superuser ? '' : 'SET LOCAL ROLE pg_database_owner; '
    await client.query(`BEGIN; ${asOwner}${grants.join('; ')}; COMMIT`).catch(async error => {
      await client.query('ROLLBACK')
      throw error
    })
  })
}

/** Lets `member` take `role` by SET ROLE, and gives it nothing of the role's rights before it does. */
export async function grantMembership(session: MigrationSession, role: Role, member: string): Promise<void> {
  const { client, version } = session
  if (await holdsMembership(session, role, member)) return
  const name = pg.escapeIdentifier(member)
  const sql = `GRANT ${role} TO ${name}${version >= 160_000 ? ' WITH INHERIT FALSE, SET TRUE' : ''}`
  try {
    await retryWhile(collidedOnRole, ROLE_PATIENCE_MS, () => client.query(sql))
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error
    throw privilegeMissing(
      [`${session.user} may not make ${member} a member of ${role}: ${error.message}.`],
      [
        version >= 160_000
          ? `GRANT ${role} TO ${pg.escapeIdentifier(session.user)} WITH ADMIN OPTION;`
          : `${sql};`,
      ],
    )
  }
}

async function holdsMembership(session: MigrationSession, role: Role, member: string): Promise<boolean> {
  const condition = session.version >= 160_000 ? 'set_option AND NOT inherit_option' : 'true'
  const { rowCount } = await session.client.query(
    `SELECT FROM pg_auth_members WHERE roleid = $1::regrole AND member = to_regrole($2) AND ${condition}`,
    [role, pg.escapeIdentifier(member)],
  )
  return rowCount !== 0
}

async function missingRoles(client: pg.ClientBase): Promise<Role[]> {
  const { rows } = await client.query<{ rolname: string }>(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)',
    [ROLES],
  )
  const present = new Set(rows.map(row => row.rolname))
  return ROLES.filter(role => !present.has(role))
}

const ROLE_PATIENCE_MS = 15_000
