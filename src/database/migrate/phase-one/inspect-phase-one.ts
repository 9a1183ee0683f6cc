import { AppError } from '../../../platform/errors.ts'
import type { MigrationFile } from '../files.ts'
import type { MigrationSession } from '../session.ts'
import { asHost } from './acting-role.ts'
import { countNegativeLimits } from './count-negative-limits.ts'
import { countStrays } from './count-strays.ts'
import { countUnknownValues, ORGANIZATION_ROLES } from './count-unknown-values.ts'
import { describePhaseOne } from './describe-phase-one.ts'
import { findMisfits } from './find-misfits.ts'
import { readAccess } from './read-access.ts'
import { type Bypass, readBypasses } from './read-bypasses.ts'
import { readForeignNames } from './read-foreign-names.ts'
import { isAdopted, readHostTables } from './read-host-tables.ts'
import type { PresentTable } from './read-tables.ts'

/**
 * Says whether the Phase 1 tables that a host brought can be adopted, and what that will mean, before anything is
 * changed. Refuses once, with everything that is missing. Gives the lines to report; none where nothing new is a host's.
 */
export async function inspectPhaseOne(
  session: MigrationSession,
  files: readonly MigrationFile[],
  login: string,
): Promise<string[]> {
  const { client } = session
  const host = await readHostTables(client)
  const present = host.filter(table => !isAdopted(table))
  const bypasses = await readBypasses(
    client,
    host.map(({ name }) => name),
    login,
  )
  const misfits = [
    ...findMisfits(host),
    ...bypasses.filter(({ kind }) => kind === 'partition').map(openPartition),
    ...(await findMissingRights(session, host)),
    ...(await readForeignNames(client, files, present)),
  ]
  if (misfits.length === 0) misfits.push(...(await findOtherRoles(session, present)))
  if (misfits.length > 0) throw phaseOneDoesNotFit(misfits)
  if (present.length === 0) return []
  const access = await readAccess(
    client,
    present.map(({ name }) => name),
  )
  return [
    ...describePhaseOne(present, access, {
      unknown: await countUnknownValues(session, present),
      negative: await countNegativeLimits(session, present),
      strays: await countStrays(session, present),
    }),
    ...bypasses.map(describeBypass),
  ]
}

/** What a tenant may read there, it would read of every organization. */
const openPartition = ({ name, table, roles }: Bypass) =>
  `${roles.join(', ')} may use ${name}, past the policies of ${table} whose rows it holds: REVOKE ALL ON ${name} FROM ${roles.join(', ')}, and grant to the roles that need it.`

/** Whom a view is for is the host's to say: it may well leave out what is not for everybody. */
const describeBypass = ({ kind, name, table, roles }: Bypass) =>
  `${name}: ${roles.join(', ')} may use this ${kind}, which shows ${table} in the rights of its owner, to Tenantry's roles too. Grant to the roles that need it, and revoke this.`

/** Only its owner may alter a table, and only who may create in the schema may index it. */
async function findMissingRights(
  session: MigrationSession,
  present: readonly PresentTable[],
): Promise<string[]> {
  if (session.superuser) return []
  const { rows } = await session.client.query<{ owner: string; member: boolean; creates: boolean }>(
    `SELECT owner, pg_has_role(owner, $2) AS member, has_schema_privilege(owner, 'public', 'CREATE') AS creates
     FROM unnest($1::text[]) AS owner`,
    [[...new Set(present.map(({ owner }) => owner))], session.version >= 160_000 ? 'SET' : 'MEMBER'],
  )
  return rows.flatMap(({ owner, member, creates }) => [
    ...(member
      ? []
      : [
          `${session.user} may not act as ${owner}, who owns tables of Phase 1: GRANT ${owner} TO ${session.user}.`,
        ]),
    ...(creates ? [] : [`${owner} may not create indexes: GRANT CREATE ON SCHEMA public TO ${owner}.`]),
  ])
}

/** A column of our name that holds other words is the host's own, and we would read rights out of it. */
async function findOtherRoles(
  session: MigrationSession,
  present: readonly PresentTable[],
): Promise<string[]> {
  const users = present.find(({ name }) => name === 'users')
  if (!users?.columns.some(({ name }) => name === 'organization_role')) return []
  const { rows } = await asHost(session, users.owner, () =>
    session.client.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM public.users
       WHERE organization_role IS NULL OR NOT organization_role::text = ANY ($1)`,
      [ORGANIZATION_ROLES],
    ),
  )
  const others = rows[0]?.rows ?? 0
  if (others === 0) return []
  return [
    `users.organization_role holds other words than ${ORGANIZATION_ROLES.join(', ')} in ${others} rows: rename the column, or change the words.`,
  ]
}

const phaseOneDoesNotFit = (misfits: readonly string[]) =>
  new AppError(
    'database.phase_one_does_not_fit',
    'conflict',
    [
      'This database has tables that Tenantry cannot work with. Nothing has been changed.',
      ...misfits.map(misfit => `  ${misfit}`),
      'Put these right and run `tenantry migrate` again; docs/adopting.md says what is needed and why.',
    ].join('\n'),
    { misfits },
  )
