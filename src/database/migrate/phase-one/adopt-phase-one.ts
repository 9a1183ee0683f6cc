import type { MigrationSession } from '../session.ts'
import { alteringRole } from './acting-role.ts'
import { createAdoptedTables, readAdoptedTables } from './adopted-tables.ts'
import { lockTables } from './lock-tables.ts'
import { type LackingTable, planPhaseOne } from './plan-phase-one.ts'

/**
 * Gives the Phase 1 tables of a host what ours have, inside the migrator's one transaction: all of it or, with the files,
 * nothing. They are locked from here to the commit; where nothing is missing it takes no lock.
 * Runs as the owner of our tables, and leaves the transaction in that role. Gives what it did.
 */
export async function adoptPhaseOne(session: MigrationSession, login: string): Promise<LackingTable[]> {
  const { client } = session
  await createAdoptedTables(client)
  const lacking = await planPhaseOne(session, login, await readAdoptedTables(client))
  if (lacking.length === 0) return []
  const tables = lacking.map(({ table }) => table)
  await lockTables(session, tables)
  await client.query('SET LOCAL ROLE tenantry_owner')
  // What the host changed until we had its tables to ourselves counts.
  const locked = await planPhaseOne(session, login, await readAdoptedTables(client))
  // In one message: on a busy machine each one more would keep the host waiting.
  await client.query(locked.map(lacking => adoption(session, lacking)).join('; '))
  return locked
}

function adoption(session: MigrationSession, { table, plan }: LackingTable): string {
  return `SET LOCAL ROLE ${alteringRole(session, table.owner)};
    ${plan.statements.join('; ')};
    SET LOCAL ROLE tenantry_owner;
    INSERT INTO adopted_tables (table_name, columns_added, host_row_security)
    VALUES ('${table.name}', ARRAY[${plan.columnsAdded.map(name => `'${name}'`)}]::text[], ${table.rowSecurity})
    ON CONFLICT (table_name) DO UPDATE SET columns_added = adopted_tables.columns_added || excluded.columns_added,
      completed_at = CASE excluded.columns_added WHEN '{}' THEN adopted_tables.completed_at END`
}
