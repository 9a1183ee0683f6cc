import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'

/**
 * A page of the member's inbox, newest first, with the count of all that are unread. Pages continue behind the last one
 * seen, so that one which arrives meanwhile moves none of the others.
 */
export async function listNotifications(
  tx: TenantTx,
  input: { userId: string; limit: number; after?: Position | undefined; unreadOnly?: boolean | undefined },
): Promise<NotificationPage> {
  const { userId, limit, after, unreadOnly = false } = input
  const inbox = tx
    .selectFrom('notifications')
    .where('organization_id', '=', tx.organizationId)
    .where('user_id', '=', userId)
    .where('is_archived', '=', false)
  let query = inbox
    .select([
      'id',
      'type',
      'category',
      'title',
      'message',
      'link',
      'data',
      'is_read',
      'read_at',
      'created_at',
    ])
    // A Date drops the microseconds, and a page would begin anew at what it has shown.
    .select(
      sql<string>`to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('position'),
    )
  if (unreadOnly) query = query.where('is_read', '=', false)
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { unread } = await inbox
    .where('is_read', '=', false)
    .select(({ fn }) => fn.countAll<number>().as('unread'))
    .executeTakeFirstOrThrow()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    notifications: page.map(({ position: _, is_read, read_at, created_at, ...row }) => ({
      ...row,
      isRead: is_read,
      readAt: read_at,
      createdAt: created_at,
    })),
    unreadCount: unread,
    next: last && { createdAt: last.position, id: last.id },
  }
}

/** Where a page ended: the time to the microsecond, and the id among those of one time. */
export type Position = { readonly createdAt: string; readonly id: string }

export type NotificationPage = {
  readonly notifications: readonly Notification[]
  readonly unreadCount: number
  /** Absent on the last page. */
  readonly next: Position | undefined
}

export type Notification = {
  readonly id: string
  readonly type: string
  readonly category: string
  readonly title: string
  readonly message: string
  readonly link: string | null
  readonly data: unknown
  readonly isRead: boolean
  readonly readAt: Date | null
  readonly createdAt: Date
}
