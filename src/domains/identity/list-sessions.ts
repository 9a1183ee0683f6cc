import type { TenantTx } from '../../database/transaction.ts'
import { isOpen } from './session.ts'

export type SessionListing = {
  readonly id: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

/** The open sessions of one member, the one that was used last first. */
export async function listSessions(
  tx: TenantTx,
  input: { userId: string; now: Date },
): Promise<SessionListing[]> {
  const sessions = await tx
    .selectFrom('sessions')
    .select([
      'id',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'ip_address as ipAddress',
      'user_agent as userAgent',
    ])
    .where('organization_id', '=', tx.organizationId)
    .where('user_id', '=', input.userId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute()
  return sessions.filter(session => isOpen(session, input.now))
}
