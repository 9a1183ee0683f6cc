import pg from 'pg'
import { ROLES, type Role } from '../../database/roles.ts'
import { directAccess } from './direct-access.ts'
import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

type Login = { name: string; superuser: boolean; bypass: boolean; inherits: boolean; version: number }
type Membership = { role: string; inherits: boolean; may_set: boolean }
/** The login may take each role for a transaction, and may do nothing outside of one. */
export async function login({ pool }: Subject): Promise<Finding[]> {
  const who = await readLogin(pool)
  if (who.superuser) {
    return [
      warning(
        `the login ${who.name} is a superuser: a statement outside of a role is not refused, in a role row-level security holds`,
        'make a login of its own for the server, then run `tenantry migrate --login NAME` as this one',
        [`CREATE ROLE tenantry_login LOGIN NOINHERIT PASSWORD '…';`],
      ),
    ]
  }
  const findings = [...(await membershipFaults(pool, who)), ...(await directAccess(pool, who.name))]
  if (who.bypass) {
    findings.unshift(
      failed(`the login ${who.name} bypasses row-level security`, 'take that away from it', [
        `ALTER ROLE ${quoted(who.name)} NOBYPASSRLS;`,
      ]),
    )
  }
  return orOk(findings, `the login ${who.name} may take every role and do nothing without one`)
}

async function readLogin(pool: pg.Pool): Promise<Login> {
  const { rows } = await pool.query<Login>(`
    SELECT rolname AS name, rolsuper AS superuser, rolbypassrls AS bypass, rolinherit AS inherits,
      current_setting('server_version_num')::int AS version
    FROM pg_roles WHERE rolname = session_user`)
  if (!rows[0]) throw new Error('the server does not know the login')
  return rows[0]
}

async function membershipFaults(pool: pg.Pool, who: Login): Promise<Finding[]> {
  // Before 16 a membership has no options of its own: whether it inherits is the member's attribute.
  const { rows } = await pool.query<Membership>(
    `SELECT role.rolname AS role,
       bool_or(coalesce((to_jsonb(held) ->> 'inherit_option')::boolean, $2)) AS inherits,
       bool_or(coalesce((to_jsonb(held) ->> 'set_option')::boolean, true)) AS may_set
     FROM pg_auth_members AS held JOIN pg_roles AS role ON role.oid = held.roleid
     WHERE held.member = to_regrole($1) AND role.rolname = ANY ($3) GROUP BY role.rolname`,
    [quoted(who.name), who.inherits, ROLES],
  )
  const held = new Map(rows.map(row => [row.role, row]))
  const missing = TAKEN.filter(role => !held.get(role)?.may_set)
  const inherited = rows.filter(row => row.inherits).map(row => row.role)
  const findings: Finding[] = []
  if (missing.length > 0) {
    findings.push(
      failed(
        `the login ${who.name} may not take ${missing.join(', ')}`,
        'run `tenantry migrate` as a role that may grant them, or let an administrator run the SQL',
        missing.map(role => grant(role, who)),
      ),
    )
  }
  if (inherited.length > 0) {
    findings.push(
      failed(
        `the login ${who.name} inherits ${inherited.join(', ')}: a statement that forgot its organization is not refused`,
        'let an administrator run the SQL',
        who.version < 160_000
          ? [`ALTER ROLE ${quoted(who.name)} NOINHERIT;`]
          : inherited.map(role => grant(role, who)),
      ),
    )
  }
  return findings
}

const TAKEN = ROLES.filter(role => role !== 'tenantry_owner')
const quoted = (name: string) => pg.escapeIdentifier(name)
const grant = (role: Role | string, who: Login) =>
  `GRANT ${role} TO ${quoted(who.name)}${who.version >= 160_000 ? ' WITH INHERIT FALSE, SET TRUE' : ''};`
