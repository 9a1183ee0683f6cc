import { createHash, randomBytes } from 'node:crypto'
import { apiKeyNameInvalid } from './errors.ts'

const PREFIX = 'tny_'
const SHAPE = /^tny_[A-Za-z0-9_-]{43}$/

/** A new key of 256 random bits: guessing one is hopeless, which is why a plain hash of it may be stored. */
export function generateApiKey(): string {
  return PREFIX + randomBytes(32).toString('base64url')
}

/** True for text that could be a key; anything else is refused without asking the database. */
export function isApiKey(text: string): boolean {
  return SHAPE.test(text)
}

/** What is stored and looked up instead of the key: a leaked database opens nothing. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** The part of a key that may be shown again: people recognise theirs by it, and 208 bits stay unknown. */
export function prefixOf(key: string): string {
  return key.slice(0, 12)
}

/** What people call the key: what uses it. */
export function parseApiKeyName(text: string | undefined): string {
  const name = text?.trim() || 'API key'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (name.length > 255 || /[\u0000-\u001f\u007f]/.test(name)) throw apiKeyNameInvalid()
  return name
}
