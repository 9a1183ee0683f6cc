import pg from 'pg'
import type { AdoptedTable } from './adopted-tables.ts'
import { type PhaseOneTable, ROW_DEFAULTS } from './phase-one-tables.ts'
import type { PresentColumn, PresentTable } from './read-tables.ts'

export interface AdoptionPlan {
  /** In order; each needs the rights of the owner, and none reads or rewrites a row. */
  statements: string[]
  columnsAdded: string[]
}

/**
 * What a host's table still lacks: our roles' rights, our columns, row-level security that shows each organization
 * its own rows, and one policy that leaves the host's roles (`hostRoles`) what they had. Nothing where it lacks nothing.
 */
export function planAdoption(
  table: PresentTable,
  phaseOne: PhaseOneTable,
  adopted: AdoptedTable | undefined,
  hostRoles: readonly string[],
): AdoptionPlan {
  const columnsAdded = Object.keys(phaseOne.added).filter(
    name => !table.columns.some(each => each.name === name),
  )
  const alterations = [
    ...columnsAdded.map(name => `ADD COLUMN ${name} ${phaseOne.added[name]?.definition}`),
    ...addChecks(table, phaseOne, [...columnsAdded, ...(adopted?.columnsAdded ?? [])]),
    ...setRowDefaults(table, phaseOne),
    // Not FORCE: it would bind the owner alone, and take COPY and pg_dump from it.
    ...(table.rowSecurity ? [] : ['ENABLE ROW LEVEL SECURITY']),
  ]
  const alter = alterations.length > 0 ? [`ALTER TABLE public.${table.name} ${alterations.join(', ')}`] : []
  return {
    columnsAdded,
    statements: [
      ...alter,
      ...(adopted ? [] : grants(phaseOne, table.sequences)),
      ...createPolicies(table, phaseOne),
      ...nameHostRoles(table, adopted?.hostRowSecurity ?? table.rowSecurity, hostRoles),
    ],
  }
}

/** NOT VALID, and validated later: adding a check at once would read the whole table under the strongest lock. */
function addChecks(table: PresentTable, phaseOne: PhaseOneTable, ours: readonly string[]): string[] {
  return Object.entries(phaseOne.checks)
    .filter(([name, { column }]) => ours.includes(column) && !table.constraints.includes(name))
    .map(([name, { expression }]) => `ADD CONSTRAINT ${name} CHECK (${expression}) NOT VALID`)
}

function setRowDefaults(table: PresentTable, phaseOne: PhaseOneTable): string[] {
  if (Object.keys(phaseOne.added).length === 0) return []
  return table.columns
    .filter(
      column => column.name in ROW_DEFAULTS && column.notNull && !column.hasDefault && takesDefault(column),
    )
    .map(({ name }) => `ALTER COLUMN ${name} SET DEFAULT ${ROW_DEFAULTS[name]}`)
}

/** A host may keep the moment as a date or in words, which now() becomes by itself; of a number only it knows the unit. */
const takesDefault = ({ name, kind, type }: PresentColumn) =>
  name === 'id' || kind === 'instant' || kind === 'text' || type === 'date'

/** The owner of our tables may pass its rights on, so that a later migration can grant without the host's owner. */
function grants({ name, rights }: PhaseOneTable, sequences: readonly string[]): string[] {
  return [
    `GRANT SELECT, INSERT, UPDATE, DELETE, REFERENCES, TRIGGER ON public.${name} TO tenantry_owner WITH GRANT OPTION`,
    `GRANT ${rights.tenant} ON public.${name} TO tenantry_tenant`,
    `GRANT ${rights.admin} ON public.${name} TO tenantry_admin`,
    `GRANT ${rights.jobs} ON public.${name} TO tenantry_jobs`,
    `GRANT SELECT ON public.${name} TO tenantry_backup`,
    ...(rights.ingest && 'everywhere' in rights.ingest
      ? [`GRANT ${rights.ingest.everywhere} ON public.${name} TO tenantry_ingest`]
      : []),
    ...sequences.map(
      sequence => `GRANT USAGE ON SEQUENCE ${sequence} TO tenantry_owner, tenantry_tenant, tenantry_admin`,
    ),
  ]
}

function createPolicies({ policies }: PresentTable, { name, tenantKey, rights }: PhaseOneTable): string[] {
  const own = `${tenantKey} = nullif(current_setting('app.organization_id', true), '')::uuid`
  const all = 'USING (true) WITH CHECK (true)'
  const ours = {
    tenantry_owner: `TO tenantry_owner ${all}`,
    tenantry_tenant: `TO tenantry_tenant USING (${own}) WITH CHECK (${own})`,
    tenantry_admin: `TO tenantry_admin ${all}`,
    tenantry_jobs: `TO tenantry_jobs ${all}`,
    tenantry_backup: 'FOR SELECT TO tenantry_backup USING (true)',
    ...(rights.ingest && 'everywhere' in rights.ingest
      ? { tenantry_ingest: 'FOR SELECT TO tenantry_ingest USING (true)' }
      : {}),
  }
  return Object.entries(ours)
    .filter(([policy]) => !policies.some(there => there.name === policy))
    .map(([policy, form]) => `CREATE POLICY ${policy} ON public.${name} ${form}`)
}

/** A role is only ever added: taking one's rights away is done by REVOKE, after which the policy gives it nothing. */
function nameHostRoles(table: PresentTable, governedByHost: boolean, hostRoles: readonly string[]): string[] {
  if (governedByHost) return []
  const present = table.policies.find(({ name }) => name === 'tenantry_host')
  if (present && hostRoles.every(role => present.roles.includes(role))) return []
  const roles = [...new Set([...(present?.roles ?? []), ...hostRoles])]
    .map(role => pg.escapeIdentifier(role))
    .join(', ')
  return present
    ? [`ALTER POLICY tenantry_host ON public.${table.name} TO ${roles}`]
    : [`CREATE POLICY tenantry_host ON public.${table.name} TO ${roles} USING (true) WITH CHECK (true)`]
}
