import type pg from 'pg'
import { isLeftAlone } from './find-misfits.ts'
import { PHASE_ONE } from './phase-one-tables.ts'
import { type PresentTable, readTables } from './read-tables.ts'

/** The Phase 1 tables that are a host's; the ones that we made, and workflows of another kind, are none of them. */
export async function readHostTables(client: pg.ClientBase): Promise<PresentTable[]> {
  const tables = await readTables(
    client,
    PHASE_ONE.map(({ name }) => name),
  )
  return tables.filter(table => !isLeftAlone(table))
}

/** Whether an earlier run has made the table ours to use. */
export const isAdopted = (table: PresentTable): boolean =>
  table.policies.some(({ name }) => name === 'tenantry_owner')
