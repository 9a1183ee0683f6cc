import type { MigrationSession } from '../session.ts'
import type { AdoptedTable } from './adopted-tables.ts'
import { PHASE_ONE } from './phase-one-tables.ts'
import { type AdoptionPlan, planAdoption } from './plan-adoption.ts'
import { readAccess, rolesToName } from './read-access.ts'
import { isAdopted, readHostTables } from './read-host-tables.ts'
import type { PresentTable } from './read-tables.ts'

/** A host's table and what it still lacks. */
export interface LackingTable {
  table: PresentTable
  plan: AdoptionPlan
}

/** Says what would have to be run on which of a host's tables, going by what the catalog says now; changes nothing. */
export async function planPhaseOne(
  { client }: MigrationSession,
  login: string,
  adopted: readonly AdoptedTable[],
): Promise<LackingTable[]> {
  const present = await readHostTables(client)
  const access = await readAccess(
    client,
    present.map(({ name }) => name),
  )
  const lacking: LackingTable[] = []
  for (const table of present) {
    const phaseOne = PHASE_ONE.find(({ name }) => name === table.name)
    const granted = access.find(({ name }) => name === table.name)
    if (!phaseOne || !granted) throw new Error(`the catalog tells nothing of ${table.name}`)
    const earlier = adopted.find(({ name }) => name === table.name)
    const plan = planAdoption(table, phaseOne, earlier, await rolesToName(client, granted, login))
    if (plan.statements.length > 0) lacking.push({ table, plan })
  }
  return lacking
}

/** The statements that adopting what is not adopted yet would run on a host's tables. */
export async function foreseeAdoption(session: MigrationSession, login: string): Promise<string[]> {
  const lacking = await planPhaseOne(session, login, [])
  return lacking.filter(({ table }) => !isAdopted(table)).flatMap(({ plan }) => plan.statements)
}
