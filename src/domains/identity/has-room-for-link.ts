import type { TenantTx } from '../../database/transaction.ts'
import { type LinkPurpose, MOST_LINKS_AN_HOUR } from './link.ts'

const HOUR = 60 * 60_000

/**
 * True where the member may be sent another link of this purpose: few are sent in an hour, whoever asks for them. The
 * member is locked by the caller, so that several at once count one another.
 */
export async function hasRoomForLink(
  tx: TenantTx,
  input: { userId: string; purpose: LinkPurpose; now: Date },
): Promise<boolean> {
  const { userId, purpose, now } = input
  const { sent } = await tx
    .selectFrom('one_time_links')
    .select(({ fn }) => fn.countAll<number>().as('sent'))
    .where('organization_id', '=', tx.organizationId)
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .where('created_at', '>', new Date(now.getTime() - HOUR))
    .executeTakeFirstOrThrow()
  return sent < MOST_LINKS_AN_HOUR
}
