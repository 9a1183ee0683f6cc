import type pg from 'pg'
import { isLeftAlone } from './find-misfits.ts'
import { PHASE_ONE } from './phase-one-tables.ts'
import { type PresentTable, readTables } from './read-tables.ts'

/** The Phase 1 tables that are a host's; the ones that we made, and workflows of another kind, are none of them. */
export async function readHostTables(client: pg.ClientBase): Promise<PresentTable[]> {
  return (await readTables(client, NAMES)).filter(table => !isLeftAlone(table))
}

/** The names of Phase 1 under which a host has something, adopted or not. */
export async function readHostNames(client: pg.ClientBase): Promise<string[]> {
  return (await readTables(client, NAMES)).map(({ name }) => name)
}

/** Whether an earlier run has made the table ours to use. */
export const isAdopted = (table: PresentTable): boolean =>
  table.policies.some(({ name }) => name === 'tenantry_owner')

const NAMES = PHASE_ONE.map(({ name }) => name)
