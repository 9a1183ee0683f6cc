import type { MigrationSession } from '../session.ts'
import { alteringRole } from './acting-role.ts'
import { type AdoptedTable, readAdoptedTables } from './adopted-tables.ts'
import { fillLimits } from './fill-limits.ts'
import { fillOrganizationRoles } from './fill-organization-roles.ts'
import { PHASE_ONE } from './phase-one-tables.ts'
import { readHostTables } from './read-host-tables.ts'
import { type FinishOptions, inShortTransaction, type UnfinishedTable } from './short-transaction.ts'

/**
 * Fills what adoption added, in short transactions that a host's writers do not notice, and proves the checks. A run
 * that was killed is taken up where it ended: every step leaves alone what is filled, and a table counts as finished
 * when all of it is.
 */
export async function finishPhaseOne(session: MigrationSession, options: FinishOptions): Promise<void> {
  for (const adopted of await readUnfinished(session)) {
    const table = (await readHostTables(session.client)).find(({ name }) => name === adopted.name)
    if (!table) continue
    const unfinished = { session, table, adopted, options }
    if (table.name === 'organizations') await fillLimits(unfinished)
    if (table.name === 'users') await fillOrganizationRoles(unfinished)
    await validateChecks(unfinished)
    await inShortTransaction(unfinished, 'tenantry_owner', client =>
      client.query('UPDATE adopted_tables SET completed_at = now() WHERE table_name = $1', [table.name]),
    )
  }
}

async function readUnfinished({ client }: MigrationSession): Promise<AdoptedTable[]> {
  await client.query('SET ROLE tenantry_owner')
  const adopted = await readAdoptedTables(client)
  await client.query('RESET ROLE')
  return adopted.filter(({ completed }) => !completed)
}

/** Reads the table once beside its readers and writers. */
async function validateChecks(unfinished: UnfinishedTable): Promise<void> {
  const { table, session } = unfinished
  const checks = Object.keys(PHASE_ONE.find(({ name }) => name === table.name)?.checks ?? {})
  for (const check of checks.filter(name => table.constraints.includes(name))) {
    await inShortTransaction(unfinished, alteringRole(session, table.owner), client =>
      client.query(`ALTER TABLE ${table.name} VALIDATE CONSTRAINT ${check}`),
    )
  }
}
