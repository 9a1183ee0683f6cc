import { violatesUnique } from '../../database/constraint-violation.ts'
import type { TenantTx } from '../../database/transaction.ts'
import { emailTaken } from './errors.ts'
import { parseEmail } from './member.ts'

/** Gives the member another address; refused where it is somebody's already. Who may ask so is the caller's to know. */
export async function changeUserEmail(tx: TenantTx, input: { userId: string; email: string }): Promise<void> {
  const email = parseEmail(input.email)
  await tx
    .updateTable('users')
    .set({ email })
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', input.userId)
    .execute()
    .catch(error => {
      throw violatesUnique(error, 'users', 'email') ? emailTaken(email) : error
    })
}
