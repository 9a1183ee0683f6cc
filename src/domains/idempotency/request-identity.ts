import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/** What the database is told of a request, and the secret that it is not told. */
export type RequestIdentity = {
  /** Names caller and key together: the same key of two callers is two. */
  readonly keyHash: string
  /** The same for the same method, address and body, whatever the order of its properties. */
  readonly requestHash: string
  /** Encrypts the answer; made of credential and key, and never stored. */
  readonly secret: Buffer
}

/**
 * Tells requests apart without keeping anything of them. Everything is keyed by the caller's credential and the key: a
 * body may hold a password, and a plain hash of it could be tried against a list. Where nobody is known yet the body
 * stands for the credential: the answer to a sign-in is read by nobody but who knows the password.
 */
export function identifyRequest(request: {
  /** Who asks, by id. */
  caller: string
  /** What proves it: the API key or the session's token; undefined where nobody is known yet. */
  credential: string | undefined
  key: string
  method: string
  path: string
  body: unknown
}): RequestIdentity {
  const { caller, key, method, path } = request
  const body = JSON.stringify(sorted(request.body)) ?? ''
  const { credential = body } = request
  const secret = createHmac('sha256', credential).update(key).digest()
  return {
    keyHash: createHash('sha256').update(`${caller}\n${key}`).digest('hex'),
    requestHash: createHmac('sha256', derive(secret, 'request'))
      .update(`${method}\n${path}\n${body}`)
      .digest('hex'),
    secret: derive(secret, 'answer'),
  }
}

/** The text so that only this request, sent again, can read it. */
export function encrypt({ secret, keyHash }: RequestIdentity, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(keyHash))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted])
}

/** Throws where the bytes were not encrypted for this request, or were changed since. */
export function decrypt({ secret, keyHash }: RequestIdentity, bytes: Buffer): string {
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce)
  decipher.setAAD(Buffer.from(keyHash)).setAuthTag(tag)
  return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

const derive = (secret: Buffer, purpose: string) => createHmac('sha256', secret).update(purpose).digest()

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]))
}
