import pg from 'pg'
import { ROLES, type Role } from '../roles.ts'
import { loginInheritsOthers, loginUnknown, privilegeMissing } from './errors.ts'
import type { MigrationSession } from './session.ts'

/** One statement about roles or rights that this database still needs. */
export interface RightsStep {
  sql: string
  /** The role to take for it, where the connected one has the right through that only. */
  as?: string
  /** Whether the connected role may run it; otherwise the sentence says what is missing. */
  allowed: boolean
  missing: string
}

/**
 * What has to be run so that our roles exist, their owner can make tables here and `login` can take the others.
 * Decided before anything is changed: what the connected role may not do is refused in one message with all its SQL.
 */
export async function planRights(session: MigrationSession, login: string): Promise<RightsStep[]> {
  const missing = await missingRoles(session)
  const steps = [
    ...missing.map(role => createRole(session, role)),
    // Before the memberships: a login that stops inheriting no longer acts for the owner of the schema by itself.
    ...(await planDatabaseRights(session)),
    ...(await planMemberships(session, login, missing)),
  ]
  const refused = steps.filter(step => !step.allowed)
  if (refused.length > 0) {
    throw privilegeMissing(
      [...new Set(refused.map(step => step.missing))],
      refused.map(step => `${step.sql};`),
    )
  }
  return steps
}

function createRole(session: MigrationSession, role: Role): RightsStep {
  return {
    sql: `CREATE ROLE ${role} NOLOGIN`,
    allowed: session.superuser || session.createRole,
    missing: `The role ${session.user} may not create roles (CREATEROLE).`,
  }
}

/** Whoever migrates acts as the owner of our tables; a login that only serves requests never needs to. */
async function planMemberships(
  session: MigrationSession,
  login: string,
  missing: Role[],
): Promise<RightsStep[]> {
  const { superuser, inherits } = await readLogin(session, login)
  const wanted: { role: Role; member: string }[] = []
  if (!session.superuser) wanted.push({ role: 'tenantry_owner', member: session.user })
  // Nothing binds a superuser, and `tenantry doctor` says so: a membership would only hide it.
  if (!superuser) {
    for (const role of ROLES) if (role !== 'tenantry_owner') wanted.push({ role, member: login })
  }
  const steps: RightsStep[] = []
  for (const { role, member } of wanted) {
    const held = missing.includes(role) ? NOT_HELD : await readMembership(session, role, member)
    if (held.complete) continue
    steps.push({
      sql: `GRANT ${role} TO ${pg.escapeIdentifier(member)}${perMembership(session) ? ' WITH INHERIT FALSE, SET TRUE' : ''}`,
      allowed:
        session.superuser ||
        held.grantable ||
        (session.createRole && (missing.includes(role) || !perMembership(session))),
      missing: `The role ${session.user} may not grant our roles, which another role of this server has created.`,
    })
  }
  // Before 16 it is the member that inherits or does not, not the membership.
  if (!superuser && inherits && !perMembership(session)) steps.push(await stopInheriting(session, login))
  return steps
}

async function stopInheriting(session: MigrationSession, login: string): Promise<RightsStep> {
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
  return {
    sql: `ALTER ROLE ${pg.escapeIdentifier(login)} NOINHERIT`,
    allowed: session.superuser || session.createRole,
    missing: `The role ${session.user} may not alter the role ${login} (CREATEROLE).`,
  }
}

async function planDatabaseRights(session: MigrationSession): Promise<RightsStep[]> {
  const { rows } = await session.client.query<{
    sql: string
    owner: string
    inherited: boolean
    member: boolean
  }>(
    `WITH ours AS (
       SELECT name, coalesce(has_database_privilege(oid, current_database(), 'CREATE'), false) AS creates_schemas,
         has_schema_privilege(coalesce(oid, 0), 'public', 'CREATE') AS creates_tables,
         has_schema_privilege(coalesce(oid, 0), 'public', 'USAGE') AS uses_tables
       FROM unnest($1::text[]) AS name LEFT JOIN pg_roles ON rolname = name
     ), wanted AS (
       SELECT format('GRANT CREATE ON DATABASE %I TO %I', datname, name) AS sql, datdba AS owner
       FROM ours, pg_database
       WHERE datname = current_database() AND name = 'tenantry_owner' AND NOT creates_schemas
       UNION ALL
       SELECT format('GRANT %s ON SCHEMA public TO %I', CASE name WHEN 'tenantry_owner' THEN 'CREATE, USAGE' ELSE 'USAGE' END, name),
         nspowner
       FROM ours, pg_namespace
       WHERE nspname = 'public' AND NOT (uses_tables AND (creates_tables OR name <> 'tenantry_owner'))
     )
     SELECT sql, owner::regrole::text AS owner, pg_has_role(owner, 'USAGE') AS inherited,
       pg_has_role(owner, '${perMembership(session) ? 'SET' : 'MEMBER'}') AS member
     FROM wanted`,
    [ROLES],
  )
  return rows.map(({ sql, owner, inherited, member }) => ({
    sql,
    ...(inherited ? {} : { as: owner }),
    allowed: inherited || member,
    missing: `The role ${session.user} does not own the database ${session.database}, or its schema public.`,
  }))
}

async function readLogin(session: MigrationSession, login: string) {
  const { rows } = await session.client.query<{ superuser: boolean; inherits: boolean }>(
    'SELECT rolsuper AS superuser, rolinherit AS inherits FROM pg_roles WHERE rolname = $1',
    [login],
  )
  if (!rows[0]) throw loginUnknown(login)
  return rows[0]
}

async function readMembership(session: MigrationSession, role: Role, member: string) {
  const complete = perMembership(session)
    ? 'bool_or(set_option) AND NOT bool_or(inherit_option)'
    : 'count(*) > 0'
  const { rows } = await session.client.query<{ complete: boolean; grantable: boolean }>(
    `SELECT coalesce(${complete}, false) AS complete, pg_has_role($1::regrole, 'MEMBER WITH ADMIN OPTION') AS grantable
     FROM pg_auth_members WHERE roleid = $1::regrole AND member = to_regrole($2)`,
    [role, pg.escapeIdentifier(member)],
  )
  return rows[0] ?? NOT_HELD
}

async function missingRoles({ client }: MigrationSession): Promise<Role[]> {
  const { rows } = await client.query<{ rolname: string }>(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)',
    [ROLES],
  )
  const present = new Set(rows.map(row => row.rolname))
  return ROLES.filter(role => !present.has(role))
}

/** From PostgreSQL 16 each membership says whether it inherits. */
const perMembership = (session: MigrationSession) => session.version >= 160_000
const NOT_HELD = { complete: false, grantable: false }
