import { ROLES } from '../../database/roles.ts'
import { type Finding, failed, orOk, type Subject } from './finding.ts'

/** Every role exists, nobody can log in as one, and none has more power than its grants. */
export async function roles({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<{ name: string; excess: string[]; member_of: string[] }>(
    `SELECT rolname AS name,
       array_remove(ARRAY[CASE WHEN rolcanlogin THEN 'LOGIN' END, CASE WHEN rolsuper THEN 'SUPERUSER' END,
         CASE WHEN rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
         CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolreplication THEN 'REPLICATION' END], NULL) AS excess,
       ARRAY(SELECT held.rolname::text FROM pg_auth_members JOIN pg_roles AS held ON held.oid = roleid
         WHERE member = role.oid AND held.rolname = ANY ($1)) AS member_of
     FROM pg_roles AS role WHERE rolname = ANY ($1) ORDER BY rolname`,
    [ROLES],
  )
  const present = new Set(rows.map(row => row.name))
  const missing = ROLES.filter(role => !present.has(role))
  const findings: Finding[] = []
  if (missing.length > 0) {
    findings.push(
      failed(
        `there is no role ${missing.join(', ')}`,
        'run `tenantry migrate` as a role that may create roles, or let an administrator run the SQL first',
        missing.map(role => `CREATE ROLE ${role} NOLOGIN;`),
      ),
    )
  }
  for (const { name, excess, member_of } of rows) {
    if (excess.length > 0)
      findings.push(
        failed(`the role ${name} has ${excess.join(', ')}`, 'let an administrator run the SQL', [
          `ALTER ROLE ${name} ${excess.map(attribute => `NO${attribute}`).join(' ')};`,
        ]),
      )
    if (member_of.length > 0)
      findings.push(
        failed(
          `the role ${name} is a member of ${member_of.join(', ')}, so it may do what that may`,
          'let an administrator run the SQL',
          member_of.map(role => `REVOKE ${role} FROM ${name};`),
        ),
      )
  }
  return orOk(
    findings,
    `${ROLES.length} roles, none with LOGIN, SUPERUSER, BYPASSRLS or membership in another`,
  )
}
