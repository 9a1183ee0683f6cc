import type { RoleTx } from '../../database/transaction.ts'
import type { Answer, Claim } from './claim.ts'
import { claimLost } from './errors.ts'
import { encrypt } from './request-identity.ts'

/**
 * Keeps the answer in the caller's transaction: where the change is in the same one, it happens once, whatever is
 * killed. Refused, and with it the change, where the claim went to somebody else meanwhile.
 */
export async function keepAnswer(tx: RoleTx, claim: Claim, answer: Answer): Promise<void> {
  const result = await tx
    .updateTable('idempotency_keys')
    .set({ answer: encrypt(claim, JSON.stringify(answer)) })
    .where('key_hash', '=', claim.keyHash)
    .where('claim_id', '=', claim.claimId)
    .where('answer', 'is', null)
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) throw claimLost()
}
