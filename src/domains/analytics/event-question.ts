import { type RawBuilder, sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import { propertyFilterInvalid } from './errors.ts'
import type { AskedTimes, EventBounds } from './event-bounds.ts'

/** Which events are asked for; each of these that is given narrows them down. */
export type EventQuestion = AskedTimes & {
  readonly type?: string | undefined
  readonly agentId?: string | undefined
  readonly userId?: string | undefined
  readonly endUserId?: string | undefined
  readonly conversationId?: string | undefined
  /** `key:value` each: the property, as text, is this value. */
  readonly properties?: readonly string[] | undefined
}

/** The organization's events that are asked for, as a condition on `analytics_events`. */
export function conditionOf(tx: TenantTx, question: EventQuestion, bounds: EventBounds): RawBuilder<boolean> {
  const { type, agentId, userId, endUserId, conversationId, properties = [] } = question
  const given = (value: string | null | undefined, condition: RawBuilder<unknown>) =>
    value === undefined || value === null ? [] : [condition]
  const conditions = [
    sql`organization_id = ${tx.organizationId}`,
    ...given(bounds.begins, sql`created_at >= ${bounds.begins}::timestamptz`),
    ...given(bounds.ends, sql`created_at < ${bounds.ends}::timestamptz`),
    ...given(type, sql`event_type = ${type}`),
    ...given(agentId, sql`agent_id = ${agentId}`),
    ...given(userId, sql`user_id = ${userId}`),
    ...given(endUserId, sql`end_user_id = ${endUserId}`),
    ...given(conversationId, sql`conversation_id = ${conversationId}`),
    ...properties.map(filter => {
      const [key, value] = propertyOf(filter)
      return sql`properties ->> ${key} = ${value}`
    }),
  ]
  return sql<boolean>`${sql.join(conditions, sql` AND `)}`
}

/** A key has no colon; a value may. */
function propertyOf(filter: string): [string, string] {
  const colon = filter.indexOf(':')
  if (colon < 1) throw propertyFilterInvalid(filter)
  return [filter.slice(0, colon), filter.slice(colon + 1)]
}
