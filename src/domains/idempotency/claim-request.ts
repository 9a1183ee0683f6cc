import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'
import type { Answer, Claim } from './claim.ts'
import { idempotencyKeyReused, requestInProgress } from './errors.ts'
import { decrypt, type RequestIdentity } from './request-identity.ts'

/**
 * Gives one caller the claim to carry the request out, and every later one the answer that it led to. Refused while the
 * first is at work, and where the key was sent with another request before.
 */
export async function claimRequest(
  tx: RoleTx,
  input: { organizationId: string | null; request: RequestIdentity },
): Promise<{ claim: Claim } | { answer: Answer }> {
  const { organizationId, request } = input
  const { keyHash, requestHash } = request
  const claimId = randomUUID()
  const claimed = await sql`
    INSERT INTO idempotency_keys AS known (key_hash, organization_id, request_hash, claim_id)
    VALUES (${keyHash}, ${organizationId}, ${requestHash}, ${claimId})
    ON CONFLICT (key_hash) DO UPDATE
      SET request_hash = excluded.request_hash, claim_id = excluded.claim_id, claimed_at = now(),
        answer = NULL, created_at = now()
      WHERE ${isForgotten} OR (${isAbandoned} AND known.request_hash = excluded.request_hash)`.execute(tx)
  if (claimed.numAffectedRows === 1n) return { claim: { ...request, claimId } }
  const known = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'answer'])
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()
  if (known === undefined) throw requestInProgress() // it was let go this moment: the next try finds it free
  if (known.request_hash !== requestHash) throw idempotencyKeyReused()
  if (known.answer === null) throw requestInProgress()
  return { answer: JSON.parse(decrypt(request, known.answer)) }
}

const isForgotten = sql`known.created_at < now() - interval '24 hours'`

/** Twice as long as a request may take: whoever claimed it has been killed, or is told so when it comes to answer. */
const isAbandoned = sql`(known.answer IS NULL AND known.claimed_at < now() - interval '60 seconds')`
