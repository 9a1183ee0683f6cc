import type { RoleTx } from '../../database/transaction.ts'
import type { Claim } from './claim.ts'

/** Lets the key be used again: the request was refused, so nothing has been done under it. */
export async function releaseClaim(tx: RoleTx, { keyHash, claimId }: Claim): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('key_hash', '=', keyHash)
    .where('claim_id', '=', claimId)
    .where('answer', 'is', null)
    .execute()
}
