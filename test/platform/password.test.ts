import { expect, test } from 'vitest'
import { hashPassword, passwordWork, verifyPassword } from '../../src/platform/password.ts'

test('a password is stored as argon2id with 19 MiB and two passes, each with a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword('open sesame'), hashPassword('open sesame')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(two).not.toBe(one)
  expect(await verifyPassword('open sesame', one)).toBe(true)
  expect(await verifyPassword('open Sesame', one)).toBe(false)
})

test('without a hash nothing matches, after the work of one that could', async () => {
  const before = passwordWork.begun
  expect(await verifyPassword('', undefined)).toBe(false)
  expect(await verifyPassword('AAAA', undefined)).toBe(false)
  expect(passwordWork.begun - before).toBe(2)
})

test('the same characters match, composed or not', async () => {
  const hash = await hashPassword('caf\u00e9 au lait')
  expect(await verifyPassword('cafe\u0301 au lait', hash)).toBe(true)
})
