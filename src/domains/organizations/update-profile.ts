import { sql } from 'kysely'
import type { TenantTx } from '../../database/transaction.ts'
import type { Actor } from './activity.ts'
import { profileInvalid, userNotFound } from './errors.ts'
import { displayName } from './member.ts'
import { readUser, type User } from './read-user.ts'
import { recordActivity } from './record-activity.ts'
import type { Theme } from './theme.ts'
import { parseTimeZone } from './time-zone.ts'

/** What a member says about themselves. Left out: stays as it is; null: taken away. */
export type Profile = {
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
  readonly jobTitle?: string | null | undefined
  readonly avatarUrl?: string | null | undefined
  readonly locale?: string | null | undefined
  readonly timeZone?: string | null | undefined
  readonly theme?: Theme | undefined
}

/** Changes what is given and nothing else; what a host keeps in the member's preferences stays. */
export async function updateProfile(
  tx: TenantTx,
  input: { userId: string; profile: Profile; actor: Actor },
): Promise<User> {
  const { organizationId } = tx
  const { userId, actor } = input
  const profile = parse(input.profile)
  const fields = Object.entries(profile).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (fields.length > 0) {
    const { firstName, lastName, jobTitle, avatarUrl, locale, timeZone, theme } = profile
    const kept = Object.entries({ locale, time_zone: timeZone, theme })
    const chosen = Object.fromEntries(kept.filter(([, value]) => typeof value === 'string'))
    const cleared = kept.flatMap(([name, value]) => (value === null ? [name] : []))
    const result = await tx
      .updateTable('users')
      .set({
        ...(firstName === undefined ? {} : { first_name: firstName }),
        ...(lastName === undefined ? {} : { last_name: lastName }),
        ...(jobTitle === undefined ? {} : { job_title: jobTitle }),
        ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
        preferences: sql`(coalesce(preferences, '{}') || ${JSON.stringify(chosen)}::jsonb) - ${cleared}::text[]`,
      })
      .where('organization_id', '=', organizationId)
      .where('id', '=', userId)
      .executeTakeFirst()
    if (result.numUpdatedRows === 0n) throw userNotFound(userId)
  }
  const user = await readUser(tx, { organizationId, userId })
  if (user === undefined) throw userNotFound(userId)
  if (fields.length > 0)
    await recordActivity(tx, {
      organizationId,
      actor,
      actionType: 'user.profile_changed',
      resource: { type: 'user', id: userId, name: displayName(user) },
      metadata: { fields },
    })
  return user
}

function parse(profile: Profile): Profile {
  return {
    firstName: parseText('first_name', profile.firstName),
    lastName: parseText('last_name', profile.lastName),
    jobTitle: parseText('job_title', profile.jobTitle),
    avatarUrl: parseAvatarUrl(profile.avatarUrl),
    locale: parseLocale(profile.locale),
    timeZone: profile.timeZone ? parseTimeZone(profile.timeZone) : profile.timeZone,
    theme: profile.theme,
  }
}

function parseText(field: string, text: string | null | undefined): string | null | undefined {
  const value = text?.trim()
  if (value === undefined) return text === null ? null : undefined
  if (value.length > 255) throw profileInvalid(`${field} has more than 255 characters. Shorten it.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[\u0000-\u001f\u007f]/.test(value))
    throw profileInvalid(`${field} has a control character. Write it in one line.`)
  return value === '' ? null : value
}

/** Pages load it, so it must be https: a picture over http would be blocked, anything else is no picture. */
function parseAvatarUrl(text: string | null | undefined): string | null | undefined {
  if (text === undefined || text === null || text.trim() === '') return text === undefined ? undefined : null
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
  if (url?.protocol !== 'https:' || url.href.length > 2_048)
    throw profileInvalid(
      'avatar_url is not the address of a picture. Write it like https://example.com/me.png, with at most 2048 characters.',
    )
  return url.href
}

function parseLocale(text: string | null | undefined): string | null | undefined {
  if (text === undefined || text === null) return text
  try {
    const [locale] = Intl.getCanonicalLocales(text)
    if (locale !== undefined && locale.length <= 35) return locale
  } catch {
    // said below
  }
  throw profileInvalid(`"${text}" is no locale. Use a language tag like en, de-AT or pt-BR.`)
}
