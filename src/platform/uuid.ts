import { createHash } from 'node:crypto'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** True for a UUID of any version, in the one form with hyphens. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** True for a UUID of version 7, which carries the time at which it was made. */
export function isUuidV7(text: string): boolean {
  return UUID_V7.test(text)
}

/** The time in a UUID of version 7, in milliseconds since 1970. */
export function timeOfUuidV7(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)
}

/** The UUID of version 7 that always follows from the same time and the same words, and from no others. */
export function deriveUuidV7(milliseconds: number, ...words: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(words)).digest('hex')
  const time = milliseconds.toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(hash[3] as string, 16) & 3) | 8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
}
