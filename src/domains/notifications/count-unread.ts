import { sql } from 'kysely'
import type { RoleTx } from '../../database/transaction.ts'

/** How many notifications wait unread in the inbox of each of these members, by the member's id; 0 is there too. */
export async function countUnread(
  tx: RoleTx,
  members: readonly { readonly organizationId: string; readonly userId: string }[],
): Promise<ReadonlyMap<string, number>> {
  const organizationIds = members.map(member => member.organizationId)
  const userIds = members.map(member => member.userId)
  const { rows } = await sql<{ userId: string; unread: number }>`
    SELECT member.user_id AS "userId", (
      SELECT count(*) FROM notifications
      WHERE organization_id = member.organization_id AND user_id = member.user_id
        AND is_read = false AND is_archived = false
    ) AS unread
    FROM unnest(${organizationIds}::uuid[], ${userIds}::uuid[]) AS member(organization_id, user_id)`.execute(
    tx,
  )
  return new Map(rows.map(row => [row.userId, row.unread]))
}
