import { expect, test } from 'vitest'
import { accountSubject, networkSubjects } from '../../../src/domains/identity/attempt-budget.ts'

test('an address counts as one however it is written, and is not stored in clear', () => {
  const [one, two, other] = ['Ada@acme.test', ' ada@ACME.test ', 'bob@acme.test'].map(accountSubject)
  expect(one?.subject).toBe(two?.subject)
  expect(one?.subject).not.toBe(other?.subject)
  expect(one?.subject).not.toContain('acme')
})

const subjectOf = (address?: string) => networkSubjects(address)[0]?.subject

test('an address of IPv6 counts by its network of 64 bits, one of IPv4 by itself', () => {
  expect(subjectOf('192.0.2.7')).toBe('network:192.0.2.7')
  expect(subjectOf('::ffff:192.0.2.7')).toBe('network:192.0.2.7')
  expect(subjectOf('2001:db8::7')).toBe('network:2001:db8:0:0')
  expect(subjectOf('2001:0db8:0000:0000:1:2:3:4')).toBe('network:2001:db8:0:0')
  expect(subjectOf('2001:db8:0:1::')).toBe('network:2001:db8:0:1')
  expect(subjectOf('::7')).toBe('network:0:0:0:0')
})

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', undefined])('%s counts for no network', address => {
  expect(networkSubjects(address)).toEqual([])
})
