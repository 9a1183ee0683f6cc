/** What the caller can do about a refusal; the edges (HTTP, command line) translate it once. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'unavailable'

/**
 * A refusal that the caller can act on. Everything else that is thrown is a bug and is answered as one.
 * `code` is stable (`domain.what_happened`), `message` says what is wrong and what to do.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly kind: ErrorKind
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    kind: ErrorKind,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.kind = kind
    this.details = details
  }
}
