import type { RoleTx } from '../../database/transaction.ts'
import { generateSecret, hashSecret } from '../../platform/secret.ts'
import { LINKS, type LinkPurpose, linkTo } from './link.ts'

/** Makes a link that works once and for a while, and gives it this once: only the hash of its secret is kept. */
export async function createLink(tx: RoleTx, input: NewLink): Promise<string> {
  const { organizationId, userId, purpose, email, url, now } = input
  const secret = generateSecret()
  await tx
    .insertInto('one_time_links')
    .values({
      organization_id: organizationId,
      user_id: userId,
      purpose,
      secret_hash: hashSecret(secret),
      email,
      created_at: now,
      expires_at: new Date(now.getTime() + LINKS[purpose].lastsMs),
    })
    .execute()
  return linkTo(url, { purpose, organizationId, secret })
}

export type NewLink = {
  readonly organizationId: string
  readonly userId: string
  readonly purpose: LinkPurpose
  /** The address that using it proves. */
  readonly email: string
  /** The address of this installation, with which the link begins. */
  readonly url: string
  readonly now: Date
}
