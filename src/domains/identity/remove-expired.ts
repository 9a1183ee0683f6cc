import type pg from 'pg'
import { inRole } from '../../database/transaction.ts'
import { ABSOLUTE_MS, IDLE_MS } from './session.ts'

const DAY = 24 * 60 * 60 * 1_000
/** A link is kept so long after it stopped working, so that whoever opens it hears why. */
const LINKS_KEPT_MS = 30 * DAY
const ATTEMPTS_KEPT_MS = DAY

/** Removes what opens nothing any more: sessions past their limits, old links, attempts that are forgotten; gives how many. */
export async function removeExpired(pool: pg.Pool, input: { now: Date }): Promise<number> {
  const before = (milliseconds: number) => new Date(input.now.getTime() - milliseconds)
  return inRole(pool, 'tenantry_jobs', async tx => {
    const sessions = await tx
      .deleteFrom('sessions')
      .where(({ eb, or }) =>
        or([eb('last_seen_at', '<=', before(IDLE_MS)), eb('created_at', '<=', before(ABSOLUTE_MS))]),
      )
      .executeTakeFirst()
    const links = await tx
      .deleteFrom('one_time_links')
      .where('expires_at', '<=', before(LINKS_KEPT_MS))
      .executeTakeFirst()
    const attempts = await tx
      .deleteFrom('sign_in_attempts')
      .where('last_attempt_at', '<=', before(ATTEMPTS_KEPT_MS))
      .executeTakeFirst()
    return Number(sessions.numDeletedRows + links.numDeletedRows + attempts.numDeletedRows)
  })
}
