import type { RoleTx } from '../../database/transaction.ts'

/** Every organization, in the order of their ids; for commands and jobs of the whole platform. */
export async function listOrganizationIds(tx: RoleTx): Promise<string[]> {
  const rows = await tx.selectFrom('organizations').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}
