/**
 * Why text cannot be stored as it is, or undefined where it can. PostgreSQL has no U+0000 in text, and half of a
 * surrogate pair has no UTF-8: either would have to be dropped or replaced, and a key would no longer be the sender's.
 */
export function textFault(text: string): string | undefined {
  if (!UNSTORABLE.test(text)) return undefined
  return text.includes('\0')
    ? 'holds the character U+0000'
    : 'holds half of a surrogate pair, which is no character'
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what this looks for
const UNSTORABLE = /[\u0000\p{Surrogate}]/u

/** JSON nested deeper than this is refused: the database gives up at some depth, which depends on its settings. */
const MOST_LEVELS = 64

/** Why a JSON value cannot be stored as it was sent, or undefined where it can. */
export function jsonFault(value: unknown, levels = MOST_LEVELS): string | undefined {
  if (typeof value === 'string') return textFault(value)
  if (typeof value === 'number') return numberFault(value)
  if (typeof value !== 'object' || value === null) return undefined
  if (levels === 0) return `is nested deeper than ${MOST_LEVELS} levels`
  if (Array.isArray(value)) {
    for (const item of value) {
      const fault = jsonFault(item, levels - 1)
      if (fault !== undefined) return fault
    }
    return undefined
  }
  for (const key in value) {
    const fault = textFault(key) ?? jsonFault((value as Record<string, unknown>)[key], levels - 1)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** A whole number past 2^53 was rounded when the request was read: what would be stored is not what was sent. */
function numberFault(value: number): string | undefined {
  if (Number.isSafeInteger(value) || !(Number.isInteger(value) || Math.abs(value) === Infinity))
    return undefined
  return 'holds a number past 2^53, which loses digits on its way; send it as text'
}
