import type { TenantTx } from '../../database/transaction.ts'
import type { Period } from './period.ts'

/**
 * How many different people were active from the first to the last day, exactly, as of the roll-ups that have
 * committed. Each is counted on their first day of the period: the one before which they were last active earlier, or
 * never. Reads one row for each two days of which somebody came back on one after the other, never the people.
 */
export async function countActiveUsers(tx: TenantTx, { from, to }: Period): Promise<number> {
  const { users } = await tx
    .selectFrom('active_user_returns')
    .select(({ fn }) => fn.sum<number | null>('users').as('users'))
    .where('organization_id', '=', tx.organizationId)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .where('previous_date', '<', from)
    .executeTakeFirstOrThrow()
  return Number(users ?? 0)
}
