import { ROLES } from '../../database/roles.ts'
import { formatRights, notGivenBy, parseRights, type RightSet, takenAlong } from './compare-rights.ts'
import { EXPECTED_GRANTS, OWNER_RIGHTS } from './expected-grants.ts'
import { type Finding, failed, orOk, type Subject, warning } from './finding.ts'

type Relation = {
  name: string
  /** Made by the host product, which stays its owner. */
  host: boolean
  /** Under policies of ours; a host's table of another kind is none of our business. */
  adopted: boolean
  /** What each role was granted, PUBLIC among them; on columns too. */
  held: Readonly<Record<string, readonly string[]>>
}

/** Every role holds the rights that it works with, and none that only an attacker would use. */
export async function grants({ pool }: Subject): Promise<Finding[]> {
  const names = Object.keys(EXPECTED_GRANTS)
  const { rows } = await pool.query<Relation>(HELD, [names, ROLES])
  const findings = rows.flatMap(row => ['PUBLIC', ...ROLES].flatMap(role => compare(row, role)))
  return orOk(findings, 'every role holds the rights on tables that it works with, and no other')
}

function compare(relation: Relation, role: string): Finding[] {
  const held = new Set(relation.held[role])
  const expected = expectedOf(relation, role)
  const missing = notGivenBy(held, expected)
  // The owner may do anything with what is its own; of a host's table it may need more in another version.
  const excess = role === 'tenantry_owner' ? [] : notGivenBy(expected, held)
  return [
    ...(excess.length > 0 ? [excessFinding(relation, role, excess, expected)] : []),
    ...(missing.length > 0 ? [missingFinding(relation, role, missing)] : []),
  ]
}

function expectedOf({ name, host, adopted }: Relation, role: string): RightSet {
  if (host && !adopted) return new Set()
  if (role === 'tenantry_owner') return parseRights(OWNER_RIGHTS)
  // Ingestion writes what is ours, and never a table of the host.
  if (host && role === 'tenantry_ingest' && name === 'conversations') return new Set()
  return parseRights(new Map(Object.entries(EXPECTED_GRANTS[name] ?? {})).get(role) ?? '')
}

function excessFinding({ name, host }: Relation, role: string, excess: string[], expected: RightSet) {
  const rights = formatRights(excess)
  const lost = takenAlong(excess, expected)
  const sql = [
    `REVOKE ${rights} ON ${name} FROM ${role};`,
    ...(lost.length > 0 ? [`GRANT ${formatRights(lost)} ON ${name} TO ${role};`] : []),
  ]
  // What the host product grants to its own roles is for the host to decide.
  if (host && role === 'PUBLIC')
    return warning(`PUBLIC may ${rights} ${name}, a table of the host product`, 'revoke it there', sql)
  return failed(
    `${role} may ${rights} ${name}`,
    host ? 'let the owner of the table run the SQL' : 'let an administrator run the SQL',
    sql,
  )
}

function missingFinding({ name, host }: Relation, role: string, missing: string[]) {
  const rights = formatRights(missing)
  const passOn = host && role === 'tenantry_owner' ? ' WITH GRANT OPTION' : ''
  return failed(
    `${role} may not ${rights} ${name}, and works with it`,
    host ? 'let the owner of the table run the SQL' : 'let an administrator run the SQL',
    [`GRANT ${rights} ON ${name} TO ${role}${passOn};`],
  )
}

/** A relation that does not exist is not among them: that is said elsewhere, and has no rights to compare. */
const HELD = `
  SELECT listed.name, relowner <> coalesce(to_regrole('tenantry_owner'), 0) AS host,
    EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname ~ '^tenantry_') AS adopted,
    (SELECT coalesce(jsonb_object_agg(role, rights), '{}') FROM (
       SELECT coalesce(rolname, 'PUBLIC') AS role, jsonb_agg(DISTINCT granted.right) AS rights
       FROM (
         SELECT grantee, privilege_type AS right FROM aclexplode(coalesce(relacl, acldefault('r', relowner)))
         UNION ALL
         SELECT grantee, format('%s (%I)', privilege_type, attname)
         FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) WHERE attrelid = pg_class.oid AND NOT attisdropped
       ) AS granted LEFT JOIN pg_roles ON pg_roles.oid = granted.grantee
       WHERE granted.grantee = 0 OR rolname = ANY ($2) GROUP BY 1) AS of_role) AS held
  FROM unnest($1::text[]) WITH ORDINALITY AS listed (name, place)
    JOIN pg_namespace ON nspname = CASE WHEN strpos(listed.name, '.') > 0 THEN split_part(listed.name, '.', 1) ELSE 'public' END
    JOIN pg_class ON relnamespace = pg_namespace.oid AND relname = regexp_replace(listed.name, '^.*\\.', '')
  ORDER BY place`
