import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import type { AttemptSubject } from './attempt-budget.ts'

/**
 * Ends what {@link reserveAttempts} began with anything but a wrong password: `forgotten` subjects begin anew, since
 * the right password came; from the `returned` ones this attempt is taken off again, and a lock that it made with it.
 */
export async function settleAttempts(
  pool: pg.Pool,
  input: { forgotten: readonly AttemptSubject[]; returned: readonly AttemptSubject[] },
): Promise<void> {
  const [forgotten, returned] = [input.forgotten, input.returned].map(subjects =>
    subjects.map(({ subject }) => subject),
  )
  await inRole(pool, 'tenantry_admin', async tx => {
    if (forgotten && forgotten.length > 0)
      await tx.deleteFrom('sign_in_attempts').where('subject', 'in', forgotten).execute()
    if (returned && returned.length > 0)
      await tx
        .updateTable('sign_in_attempts')
        .set(({ eb, fn, val }) => ({
          attempts: fn<number>('greatest', [eb('attempts', '-', 1), val(0)]),
          locked_until: null,
        }))
        .where('subject', 'in', returned)
        .execute()
  })
}
