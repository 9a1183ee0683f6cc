/** A session that nobody uses ends after this long. */
export const IDLE_MS = 14 * 24 * 60 * 60 * 1_000
/** A session ends after this long, used or not. */
export const ABSOLUTE_MS = 90 * 24 * 60 * 60 * 1_000

/** How a person reached us: enough for them to recognise a device of theirs. */
export type Device = { readonly ipAddress?: string | undefined; readonly userAgent?: string | undefined }

/** True while a session lasts. */
export function isOpen(session: { createdAt: Date; lastSeenAt: Date }, now: Date): boolean {
  const { createdAt, lastSeenAt } = session
  return now.getTime() - lastSeenAt.getTime() < IDLE_MS && now.getTime() - createdAt.getTime() < ABSOLUTE_MS
}
