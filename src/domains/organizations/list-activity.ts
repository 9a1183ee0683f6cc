import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'

/**
 * A page of what happened in the organization, newest first. Logs that a year has moved into the archive follow those that
 * are not, as if there were one table: one statement reads both, so none is missed or seen twice while it moves.
 */
export async function listActivity(
  tx: TenantTx,
  input: { limit: number; after?: ActivityPosition | undefined; filter?: ActivityFilter },
): Promise<ActivityPage> {
  const { limit, after, filter = {} } = input
  const from = (table: 'activity_logs' | 'activity_logs_archive') => sql`(
    SELECT id, user_id, actor_name, action_type, resource_type, resource_id, resource_name, metadata, ip_address, created_at
    FROM ${sql.ref(table)}
    WHERE organization_id = ${tx.organizationId}
    ${filter.userId ? sql`AND user_id = ${filter.userId}` : sql``}
    ${filter.actionType ? sql`AND action_type = ${filter.actionType}` : sql``}
    ${filter.resourceType ? sql`AND resource_type = ${filter.resourceType}` : sql``}
    ${filter.resourceId ? sql`AND resource_id = ${filter.resourceId}` : sql``}
    ${filter.from ? sql`AND created_at >= ${filter.from}` : sql``}
    ${filter.before ? sql`AND created_at < ${filter.before}` : sql``}
    ${after ? sql`AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)` : sql``}
    ORDER BY created_at DESC, id DESC LIMIT ${limit + 1})`
  const { rows } = await sql<Activity & { position: string }>`
    SELECT id, user_id AS "userId", actor_name AS "actorName", action_type AS "actionType", resource_type AS "resourceType",
      resource_id AS "resourceId", resource_name AS "resourceName", metadata, host(ip_address) AS "ipAddress",
      created_at AS "createdAt", to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position
    FROM (${from('activity_logs')} UNION ALL ${from('activity_logs_archive')}) AS log
    ORDER BY log.created_at DESC, id DESC LIMIT ${limit + 1}`.execute(tx)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    activities: page.map(({ position: _, ...activity }) => activity),
    next: last && { createdAt: last.position, id: last.id },
  }
}

/** Where a page ended: the time to the microsecond, and the id among those of one time. */
export type ActivityPosition = { readonly createdAt: string; readonly id: string }

export type ActivityFilter = {
  readonly userId?: string | undefined
  readonly actionType?: string | undefined
  readonly resourceType?: string | undefined
  readonly resourceId?: string | undefined
  readonly from?: Date | undefined
  readonly before?: Date | undefined
}

export type ActivityPage = {
  readonly activities: readonly Activity[]
  /** Absent on the last page. */
  readonly next: ActivityPosition | undefined
}

export type Activity = {
  readonly id: string
  /** null where no member did it, or one who is deleted since; the name stays. */
  readonly userId: string | null
  readonly actorName: string
  readonly actionType: string
  readonly resourceType: string | null
  readonly resourceId: string | null
  readonly resourceName: string | null
  readonly metadata: unknown
  readonly ipAddress: string | null
  readonly createdAt: Date
}
