import type { SampleRow } from './batch.ts'
import { DAY, iso } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'

const TYPES = ['agent.errors_increased', 'report.weekly', 'ticket.replied'] as const

/** What some members have chosen; whoever has not gets what everybody gets. */
export function preferenceRows(
  organization: SampleOrganization,
  members: readonly Member[],
): SampleRow<'notification_preferences'>[] {
  const random = organization.random.of('preferences')
  return members
    .filter((_, index) => index === 0 || random.chance(0.35))
    .flatMap(member =>
      TYPES.map(type => {
        const at = iso(Math.min(member.joinedAt + DAY, organization.lastUseAt))
        return {
          id: random.uuid(),
          user_id: member.id,
          organization_id: organization.id,
          notification_type: type,
          in_app_enabled: random.chance(0.9),
          email_enabled: random.chance(0.6),
          email_frequency: random.pick(['immediate', 'hourly', 'daily', 'weekly']),
          created_at: at,
          updated_at: at,
        }
      }),
    )
}
