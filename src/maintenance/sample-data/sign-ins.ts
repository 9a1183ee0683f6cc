import { DAY, dateOf, HOUR, localInstant, startOfDay, weekdayOf } from './calendar.ts'
import type { Member } from './members.ts'
import type { SampleOrganization } from './organization.ts'
import { HISTORY_DAYS } from './scale.ts'

export type SignIn = { readonly member: Member; readonly at: number }

/** When members came to look: some of them every working day, some hardly ever. */
export function signInsOf(
  organization: SampleOrganization,
  members: readonly Member[],
  now: number,
): SignIn[] {
  const first = startOfDay(now) - (HISTORY_DAYS - 1) * DAY
  const signIns: SignIn[] = []
  for (const member of members) {
    if (!member.isActive) continue
    const habit = organization.random.of(`habit ${member.id}`).unit() ** 1.3
    for (let day = first; day <= now; day += DAY) {
      const random = organization.random.of(`${member.id} ${dateOf(day)}`)
      const isWeekend = weekdayOf(day) === 0 || weekdayOf(day) === 6
      const at = localInstant(organization.timeZone, day, random.integer(7 * HOUR, 19 * HOUR))
      const comes = random.chance(isWeekend ? habit / 8 : habit)
      if (comes && at >= Math.max(member.joinedAt, first) && at <= Math.min(now, organization.lastUseAt))
        signIns.push({ member, at })
    }
  }
  return signIns
}
