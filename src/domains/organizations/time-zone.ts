import { organizationInvalid } from './errors.ts'

/** The time zone by its name in the IANA list. */
export function parseTimeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw organizationInvalid(`"${text}" is no time zone. Use a name of the IANA list, like Europe/Berlin.`)
  }
}
