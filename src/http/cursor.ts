import { AppError } from '../platform/errors.ts'

/** Where a page ended, as one word that callers hand back as it is: what is in it may change. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The parts that {@link encodeCursor} was given, each in its form; anything else is refused before it reaches a query. */
export function decodeCursor(cursor: string, forms: readonly RegExp[]): string[] {
  const parts = parse(Buffer.from(cursor, 'base64url').toString())
  if (!Array.isArray(parts) || parts.length !== forms.length) throw cursorInvalid()
  if (!parts.every((part, index) => typeof part === 'string' && forms[index]?.test(part)))
    throw cursorInvalid()
  return parts
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const cursorInvalid = () =>
  new AppError(
    'request.cursor_invalid',
    'invalid',
    'This cursor is not one that an answer gave. Leave it out to begin at the first page.',
  )
