import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { noAccount } from './errors.ts'

/** The user that PostgreSQL runs as where this process is root, which PostgreSQL refuses to be. */
export type Account = { name: string; uid: number; gid: number }

const PREFERRED = ['postgres', '_postgres', 'nobody', 'daemon']

/** Nothing where this process is not root; else the owner of the existing data, else an unprivileged account. */
export function chooseAccount(
  existingData: string | undefined,
  passwd: () => string = () => readFileSync('/etc/passwd', 'utf8'),
  create: () => void = createAccount,
): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = existingData && existsSync(existingData) ? statSync(existingData) : undefined
  const known = parseAccounts(passwd())
  if (owner && owner.uid !== 0) {
    return (
      known.find(account => account.uid === owner.uid) ?? {
        name: `${owner.uid}`,
        uid: owner.uid,
        gid: owner.gid,
      }
    )
  }
  const found = prefer(known)
  if (found) return found
  create()
  const created = prefer(parseAccounts(passwd()))
  if (!created) throw noAccount('there is no account but root')
  return created
}

function prefer(accounts: readonly Account[]): Account | undefined {
  for (const name of PREFERRED) {
    const found = accounts.find(account => account.name === name)
    if (found) return found
  }
  return accounts.find(account => account.name === CREATED) ?? accounts[0]
}

function parseAccounts(passwd: string): Account[] {
  return passwd
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name !== '' && uid > 0 && gid >= 0)
}

function createAccount(): void {
  const made = spawnSync(
    'useradd',
    ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', CREATED],
    {
      encoding: 'utf8',
    },
  )
  if (made.status !== 0) throw noAccount(made.error?.message ?? made.stderr.trim())
}

const CREATED = 'tenantry'
