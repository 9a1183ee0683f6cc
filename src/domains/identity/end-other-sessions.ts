import type { TenantTx } from '../../database/transaction.ts'
import { type Actor, recordActivity } from '../organizations/index.ts'
import { deleteSessions } from './delete-sessions.ts'

/** Ends every session of the member but the one that asks; gives how many. */
export async function endOtherSessions(
  tx: TenantTx,
  input: { sessionId: string; userId: string; actor: Actor },
): Promise<number> {
  const { userId, sessionId, actor } = input
  const ended = await deleteSessions(tx, { userId, except: sessionId })
  if (ended > 0)
    await recordActivity(tx, {
      organizationId: tx.organizationId,
      actor,
      actionType: 'session.others_ended',
      resource: { type: 'user', id: userId, name: actor.name },
      metadata: { ended },
    })
  return ended
}
