import { expect, test } from 'vitest'
import { FailedAuthentications } from '../../src/http/failed-authentications.ts'

const create = () => new FailedAuthentications({ max: 3, windowMilliseconds: 60_000 })

test('an address has its budget of failures in a window, then waits for the end of it', () => {
  const failures = create()
  const attempts = [0, 1_000, 2_000, 3_000, 59_000, 60_000].map(at => failures.begin('1.1.1.1', 'k', at))
  expect(attempts).toEqual([undefined, undefined, undefined, 57, 1, undefined])
})

test('attempts under way count, so that many at once do not pass together', () => {
  const failures = create()
  const waits = Array.from({ length: 10 }, (_, index) => failures.begin('1.1.1.1', `k${index}`, 0))
  expect(waits.filter(wait => wait === undefined)).toHaveLength(3)
})

test('one address does not use up the budget of another', () => {
  const failures = create()
  for (let attempt = 0; attempt < 4; attempt += 1) failures.begin('1.1.1.1', 'k', 0)
  expect(failures.begin('2.2.2.2', 'k', 0)).toBeUndefined()
})

test('a good key costs nothing, and goes on working while its address is over budget', () => {
  const failures = create()
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(failures.begin('1.1.1.1', 'good', 0)).toBeUndefined()
    failures.succeed('1.1.1.1', 'good')
  }
  for (let attempt = 0; attempt < 3; attempt += 1) expect(failures.begin('1.1.1.1', 'bad', 0)).toBeUndefined()
  expect(failures.begin('1.1.1.1', 'bad', 0)).toBe(60)
  expect(failures.begin('1.1.1.1', 'good', 0)).toBeUndefined()
})

test('a key that was good and is revoked proves nothing any more', () => {
  const failures = create()
  failures.begin('1.1.1.1', 'good', 0)
  failures.succeed('1.1.1.1', 'good')
  failures.fail('good')
  for (let attempt = 0; attempt < 3; attempt += 1) failures.begin('1.1.1.1', 'good', 0)
  expect(failures.begin('1.1.1.1', 'good', 0)).toBe(60)
})

test('an attempt whose end is not known is given back', () => {
  const failures = create()
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(failures.begin('1.1.1.1', 'k', 0)).toBeUndefined()
    failures.withdraw('1.1.1.1', 'k')
  }
})
