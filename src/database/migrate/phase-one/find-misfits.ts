import { PHASE_ONE, type PhaseOneTable } from './phase-one-tables.ts'
import type { PresentTable } from './read-tables.ts'

/** Everything about the present tables that keeps us from working with them, each with what to do. */
export function findMisfits(present: readonly PresentTable[]): string[] {
  return PHASE_ONE.flatMap(phaseOne => {
    const table = present.find(({ name }) => name === phaseOne.name)
    return table && !isLeftAlone(table) ? misfitsOf(table, phaseOne, present) : []
  })
}

function misfitsOf(table: PresentTable, phaseOne: PhaseOneTable, present: readonly PresentTable[]): string[] {
  const { name } = table
  if (!isTable(table))
    return [`${name} is ${RELATIONS[table.relationKind] ?? 'no table'}: rename it, or make it a table.`]
  return [...columnMisfits(table, phaseOne), ...keyMisfits(table, present), ...policyMisfits(table)]
}

function columnMisfits({ name, columns }: PresentTable, { needed, added }: PhaseOneTable): string[] {
  const misfits: string[] = []
  for (const [column, kind] of Object.entries(needed)) {
    const there = columns.find(each => each.name === column)
    if (!there) misfits.push(`${name}.${column} is missing: add it (${NEEDED_TYPE[kind]}).`)
    else if (there.kind !== kind)
      misfits.push(`${name}.${column} is ${there.type}: it must be ${NEEDED_TYPE[kind]}.`)
  }
  for (const [column, { kind }] of Object.entries(added)) {
    const there = columns.find(each => each.name === column)
    if (there && kind && there.kind !== kind)
      misfits.push(`${name}.${column} is ${there.type}: rename it, or make it ${NEEDED_TYPE[kind]}.`)
  }
  return misfits
}

/** What our foreign keys refer to must be a key. */
function keyMisfits(table: PresentTable, present: readonly PresentTable[]): string[] {
  const { name } = table
  const misfits: string[] = []
  const isReferredTo = name === 'organizations' || needsTenantKey(name, present)
  if (!isReferredTo) return []
  if (table.relationKind === 'p')
    misfits.push(`${name} is partitioned: Tenantry's keys refer to it, so it must be one table.`)
  if (table.columns.some(({ name: column }) => column === 'id') && !table.uniqueKeys.some(isExactly(['id'])))
    misfits.push(
      `${name}.id is no key: ALTER TABLE ${name} ADD PRIMARY KEY (id), or a UNIQUE that is not deferrable.`,
    )
  return misfits
}

/** A policy of the host's for everybody would let our roles see more (or less) than their organization. */
function policyMisfits({ name, policies }: PresentTable): string[] {
  return policies
    .filter(policy => policy.roles.includes('public'))
    .map(
      policy =>
        `The policy ${policy.name} on ${name} is for PUBLIC, so it would govern Tenantry's roles too: ALTER POLICY ${policy.name} ON ${name} TO the roles that it is meant for.`,
    )
}

/** Whether something of ours refers to (organization_id, id) of the table. */
export function needsTenantKey(name: string, present: readonly PresentTable[]): boolean {
  if (name === 'users' || name === 'agents') return true
  // Our messages refer to a conversation; a host's messages are its own business.
  return name === 'conversations' && !present.some(table => table.name === 'messages')
}

/** Workflows without an organization are a host's own matter: nothing of ours refers to them. */
export function isLeftAlone(table: PresentTable): boolean {
  if (!table.name.startsWith('workflow')) return false
  const belongs = table.columns.some(({ name, kind }) => name === 'organization_id' && kind === 'uuid')
  return !isTable(table) || !belongs
}

const isTable = (table: PresentTable): boolean => table.relationKind === 'r' || table.relationKind === 'p'

const RELATIONS: Readonly<Record<string, string>> = {
  v: 'a view',
  m: 'a materialized view',
  f: 'a foreign table',
  S: 'a sequence',
  i: 'an index',
  I: 'an index',
  c: 'a composite type',
}

/** Tells whether a key has these columns and no other. */
export const isExactly =
  (columns: readonly string[]) =>
  (key: readonly string[]): boolean =>
    key.join() === [...columns].sort().join()

const NEEDED_TYPE = {
  uuid: 'uuid',
  text: 'text, varchar or an enum',
  boolean: 'boolean',
  instant: 'timestamptz',
  integer: 'an integer type',
  jsonb: 'jsonb',
} as const
