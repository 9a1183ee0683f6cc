import { sql } from 'kysely'
import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { type AttemptSubject, LOCK_MS } from './attempt-budget.ts'

/**
 * Takes one attempt from the budget of every subject, or none and refuses. Committed before a password is looked at:
 * however many processes try at once, no more than the budget are evaluated. The attempt that uses the last of it
 * locks, and is named in the answer; {@link settleAttempts} gives back what was not a failure.
 */
export function reserveAttempts(
  pool: pg.Pool,
  input: { subjects: readonly AttemptSubject[]; now: Date },
): Promise<{ last: readonly string[] }> {
  const { subjects, now } = input
  const forgottenAt = new Date(now.getTime() - LOCK_MS)
  const lockedUntil = new Date(now.getTime() + LOCK_MS)
  return inRole(pool, 'tenantry_admin', async tx => {
    const last: string[] = []
    for (const { subject, budget, refusal } of subjects) {
      const attempts = sql`(CASE WHEN present.locked_until IS NULL AND present.last_attempt_at > ${forgottenAt}
        THEN present.attempts ELSE 0 END + 1)`
      const { rows } = await sql<{ isLast: boolean }>`
        INSERT INTO sign_in_attempts AS present (subject, attempts, last_attempt_at) VALUES (${subject}, 1, ${now})
        ON CONFLICT (subject) DO UPDATE SET attempts = ${attempts}, last_attempt_at = ${now},
          locked_until = CASE WHEN ${attempts} >= ${budget}::integer THEN ${lockedUntil}::timestamptz END
        WHERE present.locked_until IS NULL OR present.locked_until <= ${now}
        RETURNING locked_until IS NOT NULL AS "isLast"`.execute(tx)
      const [taken] = rows
      if (taken?.isLast) last.push(subject)
      if (taken !== undefined) continue
      const row = await tx
        .selectFrom('sign_in_attempts')
        .select('locked_until')
        .where('subject', '=', subject)
        .executeTakeFirst()
      const until = row?.locked_until ?? now
      throw refusal(Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000)))
    }
    return { last }
  })
}
