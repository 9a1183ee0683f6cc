import { chownSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chooseAccount } from '../../../src/database/embedded/account.ts'
import { makeFolder } from './support/installation.ts'

const isRoot = process.getuid?.() === 0
const ROOT = 'root:x:0:0:root:/root:/bin/bash\n'
const NOBODY = 'nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n'
const POSTGRES = 'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash\n'

test.skipIf(isRoot)('a user that is not root runs PostgreSQL itself', () => {
  expect(chooseAccount(undefined)).toBeUndefined()
})

describe.skipIf(!isRoot)('as root (skipped for every other user)', () => {
  let folder: string
  beforeAll(() => {
    folder = makeFolder()
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const create = () => {
    throw new Error('no account is to be created')
  }

  test('the account postgres is taken where there is one', () => {
    expect(chooseAccount(undefined, () => ROOT + NOBODY + POSTGRES, create)).toEqual({
      name: 'postgres',
      uid: 101,
      gid: 104,
    })
  })

  test('another unprivileged account is taken where there is no postgres', () => {
    expect(chooseAccount(undefined, () => ROOT + NOBODY, create)).toEqual({
      name: 'nobody',
      uid: 65534,
      gid: 65533,
    })
  })

  test('data that exist are run by the account that owns them', () => {
    chownSync(folder, 4711, 4712)
    expect(chooseAccount(folder, () => ROOT + POSTGRES, create)).toEqual({
      name: '4711',
      uid: 4711,
      gid: 4712,
    })
    expect(chooseAccount(`${folder}/not-yet`, () => ROOT + POSTGRES, create)?.name).toBe('postgres')
  })

  test('an account is created only where there is none but root', () => {
    let passwd = ROOT
    const account = chooseAccount(
      undefined,
      () => passwd,
      () => {
        passwd += 'tenantry:x:999:998::/home/tenantry:/usr/sbin/nologin\n'
      },
    )
    expect(account).toEqual({ name: 'tenantry', uid: 999, gid: 998 })
  })

  test('where none can be had, the refusal says what to do', () => {
    expect(() =>
      chooseAccount(
        undefined,
        () => ROOT,
        () => undefined,
      ),
    ).toThrow(/useradd.*DATABASE_URL/)
  })
})
