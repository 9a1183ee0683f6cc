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
