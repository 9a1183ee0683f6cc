import type { RoleTx } from '../../database/transaction.ts'
import { generateSecret, hashSecret } from '../../platform/secret.ts'
import type { Device } from './session.ts'

/** Opens a session with a token that nobody has seen before, and gives it this once: only its hash is kept. */
export async function createSession(
  tx: RoleTx,
  input: { organizationId: string; userId: string; device: Device; now: Date },
): Promise<NewSession> {
  const { organizationId, userId, device, now } = input
  const token = generateSecret()
  const { id } = await tx
    .insertInto('sessions')
    .values({
      organization_id: organizationId,
      user_id: userId,
      token_hash: hashSecret(token),
      created_at: now,
      last_seen_at: now,
      ip_address: device.ipAddress ?? null,
      user_agent: device.userAgent?.slice(0, 400) ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { sessionId: id, organizationId, userId, token }
}

export type NewSession = {
  readonly sessionId: string
  readonly organizationId: string
  readonly userId: string
  /** The secret of the cookie. */
  readonly token: string
}
