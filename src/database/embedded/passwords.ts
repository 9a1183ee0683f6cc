import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { folderOfAnother, passwordsMissing } from './errors.ts'
import { type DatabaseFolder, giveToOwner } from './folder.ts'

/** The passwords of the two logins: the superuser `postgres` and the unprivileged `tenantry`. */
export type Passwords = { postgres: string; tenantry: string }

export function readPasswords(folder: DatabaseFolder): Passwords {
  try {
    return JSON.parse(readFileSync(folder.passwords, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES')
      throw folderOfAnother(folder.passwords)
    throw passwordsMissing(folder.passwords)
  }
}

/** Random passwords, written before the database exists, so that there is never data without its passwords. */
export function ensurePasswords(folder: DatabaseFolder): Passwords {
  if (existsSync(folder.passwords) || existsSync(folder.data)) return readPasswords(folder)
  const made: Passwords = { postgres: makePassword(), tenantry: makePassword() }
  const draft = `${folder.passwords}.draft`
  writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true })
  giveToOwner(draft)
  renameSync(draft, folder.passwords)
  return made
}

const makePassword = () => randomBytes(32).toString('base64url')
