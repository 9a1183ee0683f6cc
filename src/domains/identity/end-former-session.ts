import type pg from 'pg'
import { inTenant } from '../../database/transaction.ts'
import { findSession } from './find-session.ts'

/**
 * Ends the session of a token that a browser held before somebody signed in with it: whoever planted or copied that
 * token is out.
 */
export async function endFormerSession(
  pool: pg.Pool,
  input: { token: string | undefined; now: Date },
): Promise<void> {
  const { token, now } = input
  if (token === undefined) return
  const former = await findSession(pool, { token, now })
  if (former === undefined) return
  await inTenant(pool, former.organizationId, tx =>
    tx
      .deleteFrom('sessions')
      .where('organization_id', '=', former.organizationId)
      .where('id', '=', former.sessionId)
      .execute(),
  )
}
