import { LOOKUPS } from '../../database/lookups.ts'
import { ROLES } from '../../database/roles.ts'
import { type Finding, failed, orOk, type Subject } from './finding.ts'

type Function = {
  signature: string
  pinned: boolean
  public: boolean
  is_trigger: boolean
  /** The login, and roles that it inherits from; ours are not among them: that it inherits those is said of the login. */
  grantees: string[]
}

/** Functions that run with their owner's rights have a pinned search_path and are open only to those they are made for. */
export async function functions({ pool }: Subject): Promise<Finding[]> {
  const { rows } = await pool.query<Function>(
    `SELECT oid::regprocedure::text AS signature, prorettype = 'trigger'::regtype AS is_trigger,
      EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%') AS pinned,
      EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0) AS public,
      ARRAY(SELECT quote_ident(rolname) FROM aclexplode(proacl) JOIN pg_roles AS role ON role.oid = grantee
        WHERE rolname <> ALL ($1) AND pg_has_role(session_user, role.oid, 'USAGE') ORDER BY 1) AS grantees
    FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace AND proowner = to_regrole('tenantry_owner')`,
    [ROLES],
  )
  const { rows: lookups } = await pool.query<{ signature: string; found: boolean; callable: boolean }>(
    `SELECT signature, to_regprocedure(signature) IS NOT NULL AS found,
       coalesce(has_function_privilege(session_user, to_regprocedure(signature)::oid, 'EXECUTE'), false) AS callable
     FROM unnest($1::text[]) AS signature`,
    [LOOKUPS],
  )
  const { rows: who } = await pool.query<{ name: string; superuser: boolean }>(
    'SELECT rolname AS name, rolsuper AS superuser FROM pg_roles WHERE rolname = session_user',
  )
  const findings = rows.flatMap(row => functionFaults(row, who[0]?.superuser === true))
  for (const { signature, found, callable } of lookups) {
    if (!found) findings.push(failed(`the look-up ${signature} does not exist`, 'run `tenantry migrate`'))
    else if (!callable)
      findings.push(
        failed(
          `the login may not call the look-up ${signature}`,
          `run \`tenantry migrate --login ${who[0]?.name}\``,
        ),
      )
  }
  return orOk(
    findings,
    `${rows.length} functions run with their owner's rights, all with a pinned search_path, none open to PUBLIC`,
  )
}

function functionFaults(row: Function, superuser: boolean): Finding[] {
  const findings: Finding[] = []
  if (!row.pinned)
    findings.push(
      failed(
        `${row.signature} runs with its owner's rights and no pinned search_path`,
        'let an administrator run the SQL',
        [`ALTER FUNCTION ${row.signature} SET search_path = pg_catalog, public, pg_temp;`],
      ),
    )
  // Nobody can call a trigger's function but a trigger.
  if (row.is_trigger) return findings
  const revoke = (role: string) => [`REVOKE EXECUTE ON FUNCTION ${row.signature} FROM ${role};`]
  if (row.public)
    findings.push(
      failed(
        `everybody may call ${row.signature}, which runs with its owner's rights`,
        'let an administrator run the SQL',
        revoke('PUBLIC'),
      ),
    )
  else if (row.grantees.length > 0 && !superuser && !LOOKUPS.some(lookup => lookup === row.signature))
    findings.push(
      failed(
        `the login may call ${row.signature}, which is no listed look-up`,
        'let an administrator run the SQL',
        revoke(row.grantees.join(', ')),
      ),
    )
  return findings
}
