import { type RawBuilder, sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import type { Period } from './period.ts'

/**
 * How many different people were active from the first to the last day, exactly, as of the roll-ups that have
 * committed. Each is counted on their first day of the period: the one before which they were last active earlier, or
 * never. Reads one row for each two days of which somebody came back on one after the other, never the people.
 */
export async function countActiveUsers(tx: TenantTx, { from, to }: Period): Promise<number> {
  const { rows } = await sql<{ users: number }>`
    SELECT ${activeUsers(tx, { from: sql`${from}::date`, to: sql`${to}::date` })} AS users`.execute(tx)
  return rows[0]?.users ?? 0
}

/** SQL for {@link countActiveUsers}, of days that are themselves SQL. */
export function activeUsers(
  tx: TenantTx,
  { from, to }: { from: RawBuilder<string>; to: RawBuilder<string> },
) {
  return sql<number>`(SELECT coalesce(sum(users), 0) FROM active_user_returns
    WHERE organization_id = ${tx.organizationId} AND date BETWEEN ${from} AND ${to} AND previous_date < ${from})`
}
