import type { TenantTx } from '../../database/transaction.ts'
import { type Actor, recordActivity } from '../organizations/index.ts'
import { sessionNotFound } from './errors.ts'

/** Ends one session of the member: its cookie opens nothing with the very next request. */
export async function endSession(
  tx: TenantTx,
  input: { sessionId: string; userId: string; actor: Actor },
): Promise<void> {
  const { organizationId } = tx
  const { sessionId, userId, actor } = input
  const ended = await tx
    .deleteFrom('sessions')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where('id', '=', sessionId)
    .returning('id')
    .executeTakeFirst()
  if (ended === undefined) throw sessionNotFound(sessionId)
  await recordActivity(tx, {
    organizationId,
    actor,
    actionType: 'session.ended',
    resource: { type: 'session', id: sessionId, name: actor.name },
  })
}
