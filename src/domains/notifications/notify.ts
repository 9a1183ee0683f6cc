import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'

/**
 * Puts the notification into the member's inbox in the caller's transaction: they hear of what has happened, and of
 * nothing else. Nothing is written where the member has switched the type off, or is there no longer: what is told of
 * never fails because nobody wants to hear it.
 */
export async function notify(tx: TenantTx, input: NewNotification): Promise<void> {
  const { userId, type, category, title, message, link = null, data } = input
  if (link !== null && !isOwnPath(link))
    throw new Error(`a notification links to a path of ours, not to ${link}`)
  await sql`
    INSERT INTO notifications (organization_id, user_id, type, category, title, message, link, data)
    SELECT member.organization_id, member.id, ${type}, ${category}, ${title.slice(0, 255)}, ${message}, ${link},
      ${data === undefined ? null : JSON.stringify(data)}::jsonb
    FROM users AS member
    WHERE member.organization_id = ${tx.organizationId} AND member.id = ${userId}
      AND NOT EXISTS (
        SELECT FROM notification_preferences AS preference
        WHERE preference.organization_id = ${tx.organizationId} AND preference.user_id = ${userId}
          AND preference.notification_type = ${type} AND NOT preference.in_app_enabled
      )`.execute(tx)
}

export type NewNotification = {
  readonly userId: string
  /** What happened, in the form `resource.what_happened`; members switch types off. */
  readonly type: `${string}.${string}`
  /** The part of the product that it belongs to: agents, billing, team … */
  readonly category: string
  readonly title: string
  readonly message: string
  /** Where to look: a path of the dashboard. An address of elsewhere, or a script, is refused as the bug that it is. */
  readonly link?: string | undefined
  /** What programs may want to know. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>> | undefined
}

const isOwnPath = (link: string) => /^\/(?![/\\])/.test(link)
