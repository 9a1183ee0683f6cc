import { hashSecret, isSecret } from '../../platform/secret.ts'
import { isUuid } from '../../platform/uuid.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What each link is for: the page that it opens and how long it works. */
export const LINKS = {
  verify_email: { path: '/verify', lastsMs: 3 * DAY },
  reset_password: { path: '/reset', lastsMs: HOUR },
  set_password: { path: '/set-password', lastsMs: 7 * DAY },
  change_email: { path: '/change-email', lastsMs: DAY },
} as const

export type LinkPurpose = keyof typeof LINKS

/** At most so many links of one purpose are sent in an hour, so that nobody can fill a mailbox through us. */
export const MOST_LINKS_AN_HOUR = 3

/**
 * The link as it is sent. The secret stands in the fragment, which no browser sends to a server and no proxy logs; the
 * organization stands before it, so that its row is found under row-level security like any other.
 */
export function linkTo(url: string, link: { purpose: LinkPurpose; organizationId: string; secret: string }) {
  return `${url}${LINKS[link.purpose].path}#${link.organizationId}.${link.secret}`
}

/** What the fragment of a link holds, or undefined where it is not whole. */
export function parseLinkSecret(text: string): { organizationId: string; secretHash: string } | undefined {
  const [organizationId = '', secret = '', ...more] = text.trim().replace(/^#/, '').split('.')
  if (!isUuid(organizationId) || !isSecret(secret) || more.length > 0) return undefined
  return { organizationId: organizationId.toLowerCase(), secretHash: hashSecret(secret) }
}
