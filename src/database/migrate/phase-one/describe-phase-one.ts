import type { NegativeLimit } from './count-negative-limits.ts'
import type { Strays } from './count-strays.ts'
import type { UnknownValues } from './count-unknown-values.ts'
import { ROW_DEFAULTS } from './phase-one-tables.ts'
import type { TableAccess } from './read-access.ts'
import type { PresentTable } from './read-tables.ts'

/** What the rows of a host hold that Tenantry leaves as it is and the host should know of. */
export interface Peculiarities {
  unknown: readonly UnknownValues[]
  negative: readonly NegativeLimit[]
  strays: readonly Strays[]
}

/** Tells, in lines, what is adopted, who goes on using it, and what the host should know beforehand. */
export function describePhaseOne(
  present: readonly PresentTable[],
  access: readonly TableAccess[],
  { unknown, negative, strays }: Peculiarities,
): string[] {
  return [
    ...present.map(table => describeTable(table, access)),
    ...access.flatMap(describePublic),
    ...describeBulkLoaders(present, access),
    ...present.flatMap(describeUnfillable),
    ...present.flatMap(describeTriggers),
    ...unknown.map(describeUnknown),
    ...negative.map(describeNegative),
    ...strays.map(describeStrays),
  ]
}

function describeTable(
  { name, owner, rows, rowSecurity }: PresentTable,
  access: readonly TableAccess[],
): string {
  const roles = access.find(each => each.name === name)?.roles ?? []
  const governed = rowSecurity ? 'its own row-level security stays' : `in use by ${roles.join(', ')}`
  const size = rows === null ? 'never analysed' : `about ${rows} rows`
  return `${name}: present, owner ${owner}, ${size}, ${governed}`
}

const describePublic = ({ name, public: privileges }: TableAccess): string[] =>
  privileges.length === 0
    ? []
    : [
        `${name}: PUBLIC may ${privileges.join(', ')}; every role of the server is named in its policy tenantry_host. Grant to the roles that need it, and revoke this.`,
      ]

/** PostgreSQL itself refuses COPY FROM and pg_dump under row-level security, whatever the policies allow. */
function describeBulkLoaders(present: readonly PresentTable[], access: readonly TableAccess[]): string[] {
  const roles = access.flatMap(({ name, roles }) => {
    const table = present.find(each => each.name === name)
    return !table || table.rowSecurity ? [] : roles.filter(role => role !== table.owner)
  })
  if (roles.length === 0) return []
  const names = [...new Set(roles)].sort().join(', ')
  return [
    `COPY … FROM into these tables and pg_dump of them will be refused to ${names} (not to the owner, superusers and roles with BYPASSRLS).`,
  ]
}

/** A row that we insert cannot fill a column that only the host knows. */
function describeUnfillable({ name, columns }: PresentTable): string[] {
  const written = WRITTEN[name]
  if (!written) return []
  const unfillable = columns.filter(
    column =>
      column.notNull &&
      !column.hasDefault &&
      !written.includes(column.name) &&
      !(column.name in ROW_DEFAULTS),
  )
  if (unfillable.length === 0) return []
  const names = unfillable.map(column => column.name).join(', ')
  return [`${name}: ${names} may not be NULL and has no default, so rows can be added by the host alone.`]
}

const describeTriggers = ({ name, invokerTriggers }: PresentTable): string[] =>
  invokerTriggers.length === 0
    ? []
    : [
        `${name}: ${invokerTriggers.join(', ')} will also run when Tenantry writes, in the rights of its roles; where a trigger needs more, make its function SECURITY DEFINER.`,
      ]

function describeUnknown({ table, column, values }: UnknownValues): string {
  const counted = values
    .map(({ value, rows }) => `${value === null ? 'NULL' : `'${value}'`} ${rows}`)
    .join(', ')
  return `${table}.${column}: words without a meaning for Tenantry, kept as they are: ${counted}`
}

const describeNegative = ({ column, rows }: NegativeLimit) =>
  `organizations.${column}: below 0 in ${rows} rows, kept as it is: to Tenantry a limit that is reached. Write NULL where it means unlimited.`

function describeStrays({ table, none, dangling }: Strays): string {
  const counted = [
    ...(none > 0 ? [`${none} rows have none`] : []),
    ...(dangling > 0 ? [`${dangling} rows name one that does not exist`] : []),
  ]
  return `${table}.organization_id: ${counted.join(', ')}, kept as they are: no organization sees them.`
}

/** The columns that our own inserts fill. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  organizations: ['name', 'subdomain', 'plan', 'time_zone'],
  users: ['organization_id', 'email', 'organization_role'],
  agents: ['organization_id', 'user_id', 'name', 'is_active'],
}
