import { organizationInvalid } from './errors.ts'
import type { Limits } from './plan.ts'

/** A tenant as its members know it. */
export type Organization = {
  readonly id: string
  readonly name: string
  /** A name of its own in the product's addresses; no other organization has it. */
  readonly subdomain: string
  readonly plan: string | null
  /** By its name in the IANA list: its days begin and end by it. */
  readonly timeZone: string
  readonly limits: Limits
  readonly createdAt: Date
}

/** The name as it is stored: as written, but for the space around it. */
export function parseOrganizationName(text: string): string {
  const name = text.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (name === '' || name.length > 255 || /[\u0000-\u001f\u007f]/.test(name))
    throw organizationInvalid('The name must have 1 to 255 characters, in one line.')
  return name
}

/** The subdomain in small letters: an address is the same however it is written. */
export function parseSubdomain(text: string): string {
  const subdomain = text.trim().toLowerCase()
  if (subdomain.length > 63 || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(subdomain))
    throw organizationInvalid(
      `"${text}" is no subdomain. Use 1 to 63 letters a-z, digits and hyphens, with no hyphen at either end.`,
    )
  return subdomain
}
