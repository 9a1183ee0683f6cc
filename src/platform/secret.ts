import { createHash, randomBytes } from 'node:crypto'

const SHAPE = /^[A-Za-z0-9_-]{43}$/

/** 256 random bits as text: guessing them is hopeless, which is why a plain hash of them may be stored. */
export function generateSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** True for text that could be a secret; anything else is refused without asking the database. */
export function isSecret(text: string): boolean {
  return SHAPE.test(text)
}

/** What is stored and looked up instead of the secret: a leaked database opens nothing. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
