/**
 * Idempotency: requests that are carried out once, however often they arrive.
 * Owns the table below; nobody else writes it.
 */
export type { Answer, Claim } from './claim.ts'
export { claimRequest } from './claim-request.ts'
export { idempotencyKeyTooShort } from './errors.ts'
export { keepAnswer } from './keep-answer.ts'
export { pruneAnswers } from './prune-answers.ts'
export { releaseClaim } from './release-claim.ts'
export { identifyRequest, type RequestIdentity } from './request-identity.ts'

export const tables = ['idempotency_keys'] as const
