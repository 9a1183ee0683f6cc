import { expect, test } from 'vitest'
import { checkPassword } from '../../../src/domains/identity/password.ts'

const check = (password: string) => () => checkPassword(password, { email: 'Ada.Lovelace@acme.test' })

test.each(['correct horse', '0123456789', 'ÄÖÜäöüßéèê', '🐎🔋📎🏇🐴🔌📍🎠🧲🪫', 'the quick '.repeat(20)])(
  '%s may be a password',
  password => {
    expect(check(password)).not.toThrow()
  },
)

test.each([
  ['is too short', 'ninechars', 'at least 10'],
  ['is too long', 'abcde'.repeat(41), 'Shorten it'],
  ['repeats itself', 'abababababab', 'a few words'],
  ['is the address', 'ada.lovelace@ACME.test', 'a few words'],
  ['is hardly more than the name', 'ada.lovelace1', 'a few words'],
])('what %s is refused with what to do', (_what, password, cure) => {
  expect(check(password)).toThrow(
    expect.objectContaining({
      code: 'identity.password_unfit',
      kind: 'invalid',
      message: expect.stringContaining(cure),
    }),
  )
})

test('a refusal never repeats the password', () => {
  const password = 'abababab'
  expect(check(password)).toThrow(expect.objectContaining({ message: expect.not.stringContaining(password) }))
})
