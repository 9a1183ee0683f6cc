import { AppError } from '../../platform/errors.ts'

export const idempotencyKeyReused = () =>
  new AppError(
    'request.idempotency_key_reused',
    'conflict',
    'This Idempotency-Key was sent with another request within the last 24 hours. Repeat that request exactly, or make a new key for a new one.',
  )

export const requestInProgress = () =>
  new AppError(
    'request.in_progress',
    'conflict',
    'A request with this Idempotency-Key is being carried out, or was broken off less than a minute ago. Send it again shortly, with the same key, to get its answer.',
    { retry_after_seconds: 2 },
  )

export const claimLost = () =>
  new AppError(
    'request.in_progress',
    'conflict',
    'This request took so long that another one with its Idempotency-Key took its place, so it was not carried out. Send it again, with the same key, to get the answer of the other.',
    { retry_after_seconds: 2 },
  )

export const idempotencyKeyTooShort = (least: number) =>
  new AppError(
    'request.idempotency_key_too_short',
    'invalid',
    `Without a session or an API key, the Idempotency-Key must be one that nobody can guess, of ${least} characters at least. Use a random UUID.`,
  )
