import type pg from 'pg'
import type { MigrationSession } from '../session.ts'
import { alteringRole } from './acting-role.ts'
import { createAdoptedTables, readAdoptedTables } from './adopted-tables.ts'
import { lockTables } from './lock-tables.ts'
import { type LackingTable, planPhaseOne } from './plan-phase-one.ts'

/**
 * Gives the Phase 1 tables of a host what ours have, inside the migrator's one transaction: all of it or, with the files,
 * nothing. They are locked from here to the commit; where nothing is missing it takes no lock.
 * Runs as the owner of our tables, and leaves the transaction in that role.
 */
export async function adoptPhaseOne(
  session: MigrationSession,
  options: { login: string; patienceMs: number },
): Promise<void> {
  const { client } = session
  await createAdoptedTables(client)
  const lacking = await planPhaseOne(session, options.login, await readAdoptedTables(client))
  if (lacking.length === 0) return
  const tables = lacking.map(({ table }) => table)
  await lockTables(session, tables, options.patienceMs)
  await client.query('SET LOCAL ROLE tenantry_owner')
  // What the host changed until we had its tables to ourselves counts.
  for (const { table, plan } of await planPhaseOne(session, options.login, await readAdoptedTables(client))) {
    await client.query(`SET LOCAL ROLE ${alteringRole(session, table.owner)}; ${plan.statements.join('; ')}`)
    await client.query('SET LOCAL ROLE tenantry_owner')
    await recordAdoption(client, { table, plan })
  }
}

async function recordAdoption(client: pg.ClientBase, { table, plan }: LackingTable): Promise<void> {
  await client.query(
    `INSERT INTO adopted_tables (table_name, columns_added, host_row_security) VALUES ($1, $2, $3)
     ON CONFLICT (table_name) DO UPDATE SET columns_added = adopted_tables.columns_added || excluded.columns_added,
       completed_at = CASE excluded.columns_added WHEN '{}' THEN adopted_tables.completed_at END`,
    [table.name, plan.columnsAdded, table.rowSecurity],
  )
}
