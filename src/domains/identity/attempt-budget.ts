import { createHash } from 'node:crypto'
import type { AppError } from '../../platform/errors.ts'
import { networkLocked, passwordLocked, signInLocked } from './errors.ts'

/** What attempts are counted for, how many may fail, and what is said beyond that. */
export type AttemptSubject = {
  readonly subject: string
  readonly budget: number
  readonly refusal: (seconds: number) => AppError
}

const MINUTE = 60_000
/** How long a lock lasts, and how long after the last attempt those before it are forgotten. */
export const LOCK_MS = 15 * MINUTE

/** By the address that was typed, whether somebody has it or not: a lock tells nobody that an account exists. */
export function accountSubject(email: string): AttemptSubject {
  const hash = createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
  return { subject: `account:${hash}`, budget: 10, refusal: signInLocked }
}

/** Of one member who is signed in: somebody else's wrong passwords elsewhere do not lock them out of their settings. */
export function memberSubject(userId: string): AttemptSubject {
  return { subject: `member:${userId}`, budget: 10, refusal: passwordLocked }
}

/**
 * Whoever tries one password on many accounts, from one address. None for this machine itself: there it is a proxy
 * that nobody has made known, and everybody would be locked out with it.
 */
export function networkSubjects(ipAddress: string | undefined): AttemptSubject[] {
  const address = ipAddress?.replace(/^::ffff:(?=\d+\.)/i, '')
  if (address === undefined || address === '::1' || address.startsWith('127.')) return []
  return [{ subject: `network:${networkOf(address)}`, budget: 100, refusal: networkLocked }]
}

/** An address of IPv6 stands for its network of 64 bits, which one customer has whole. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map(part => part.split(':').filter(Boolean))
  const zeros = Array.from({ length: 8 - (before?.length ?? 0) - (after?.length ?? 0) }, () => '0')
  return [...(before ?? []), ...zeros, ...(after ?? [])]
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
