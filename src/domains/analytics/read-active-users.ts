import type { TenantTx } from '../../database/transaction.ts'
import { countActiveUsers } from './count-active-users.ts'
import { limitTime } from './limit-time.ts'
import { type AskedPeriod, type Reported, reportedPeriod, reportOf } from './reported-period.ts'

/** A century: as far back as there can be events, and ahead. */
const MOST_DAYS = 36_600

/** How many different people were active in the period, exactly, however long it is. */
export async function readActiveUsers(
  tx: TenantTx,
  asked: AskedPeriod,
): Promise<Omit<Reported, 'computed_at'> & { readonly active_users: number }> {
  const period = await reportedPeriod(tx, { ...asked, mostDays: MOST_DAYS })
  const users = await limitTime(tx, () => countActiveUsers(tx, period))
  const { computed_at: _, ...reported } = reportOf(period, [])
  return { ...reported, active_users: users }
}
