import type { RoleTx } from '../../database/transaction.ts'
import { type ActionType, type Actor, OPERATOR } from './activity.ts'
import { isCritical } from './retention.ts'

/** Writes the activity log row in the caller's transaction: what is recorded has happened, and what happened is recorded. */
export async function recordActivity(tx: RoleTx, activity: Activity): Promise<void> {
  const { organizationId, actor = OPERATOR, actionType, resource, metadata } = activity
  await tx
    .insertInto('activity_logs')
    .values({
      organization_id: organizationId,
      user_id: actor.userId ?? null,
      actor_name: actor.name,
      ip_address: actor.ipAddress ?? null,
      action_type: actionType,
      is_critical: isCritical(actionType),
      resource_type: resource?.type ?? null,
      resource_id: resource?.id ?? null,
      resource_name: resource?.name ?? null,
      metadata: metadata === undefined ? null : JSON.stringify(metadata),
    })
    .execute()
}

export type Activity = {
  readonly organizationId: string
  /** An operator where absent. */
  readonly actor?: Actor | undefined
  readonly actionType: ActionType
  readonly resource?: { readonly type: string; readonly id: string; readonly name: string }
  /** Never a secret: members read it. */
  readonly metadata?: Readonly<Record<string, unknown>>
}
