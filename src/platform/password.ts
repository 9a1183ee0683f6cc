import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { BoundedWork } from './bounded-work.ts'

/** argon2id, as the package does by default; 19 MiB and two passes are what guessing has to pay for each try. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** At most three hashes at a time (57 MiB), never more than the processors; the waiting ones cost nothing yet. */
export const passwordWork = new BoundedWork({ atOnce: Math.min(3, availableParallelism()), waiting: 200 })

/** What is stored instead of the password: its argon2id hash with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return passwordWork.run(() => hash(normalize(password), COST))
}

/**
 * True where the hash was made of this password. Without a hash the answer is false after the same work, so that the
 * time tells nobody whether there is one.
 */
export async function verifyPassword(password: string, storedHash: string | undefined): Promise<boolean> {
  const matches = await passwordWork.run(() => verify(storedHash ?? OF_NOBODY, normalize(password)))
  return storedHash !== undefined && matches
}

/** The same characters are the same password, whichever keyboard composed them. */
const normalize = (password: string) => password.normalize('NFKC')

const OF_NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`
