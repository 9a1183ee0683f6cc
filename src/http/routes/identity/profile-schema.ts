import { type Static, Type } from 'typebox'
import { THEMES, type User } from '../../../domains/organizations/index.ts'

const optionalText = (description: string) => Type.Union([Type.String(), Type.Null()], { description })

/** A member as pages show them. */
export const ProfileView = Type.Object({
  id: Type.String({ format: 'uuid' }),
  email: Type.String(),
  email_verified: Type.Boolean({ description: 'Until it is, the member may only manage their own account.' }),
  first_name: optionalText('As they gave it.'),
  last_name: optionalText('As they gave it.'),
  job_title: optionalText('As they gave it.'),
  avatar_url: optionalText('The https address of a picture.'),
  locale: optionalText('A BCP 47 tag; null: as the browser has it.'),
  time_zone: optionalText("A name of the IANA list; null: the organization's."),
  theme: Type.Enum([...THEMES], { description: '`auto` follows the device.' }),
})

export function viewProfile(user: User, isEmailVerified: boolean): Static<typeof ProfileView> {
  return {
    id: user.id,
    email: user.email,
    email_verified: isEmailVerified,
    first_name: user.firstName,
    last_name: user.lastName,
    job_title: user.jobTitle,
    avatar_url: user.avatarUrl,
    locale: user.locale,
    time_zone: user.timeZone,
    theme: user.theme,
  }
}
