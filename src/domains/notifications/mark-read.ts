import type { TenantTx } from '../../database/transaction.ts'
import { notificationNotFound } from './errors.ts'

/** The notification counts as read from now on; one that was read before keeps its time, and that is no error. */
export async function markRead(
  tx: TenantTx,
  input: { userId: string; id: string; now: Date },
): Promise<void> {
  await setReading(tx, input, input.now)
}

/** The notification counts as unread again. */
export async function markUnread(tx: TenantTx, input: { userId: string; id: string }): Promise<void> {
  await setReading(tx, input, null)
}

/** Everything that is in the member's inbox at this moment counts as read. Gives how many were not before. */
export async function markAllRead(tx: TenantTx, input: { userId: string; now: Date }): Promise<number> {
  const result = await tx
    .updateTable('notifications')
    .set({ is_read: true, read_at: input.now })
    .where('organization_id', '=', tx.organizationId)
    .where('user_id', '=', input.userId)
    .where('is_read', '=', false)
    .where('is_archived', '=', false)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

async function setReading(tx: TenantTx, { userId, id }: { userId: string; id: string }, readAt: Date | null) {
  const isRead = readAt !== null
  const own = await tx
    .selectFrom('notifications')
    .select('is_read')
    .where('organization_id', '=', tx.organizationId)
    .where('user_id', '=', userId) // a colleague's inbox is no more theirs than another organization's
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (own === undefined) throw notificationNotFound(id)
  if (own.is_read === isRead) return
  await tx
    .updateTable('notifications')
    .set({ is_read: isRead, read_at: readAt })
    .where('organization_id', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
}
