import { expect, test } from 'vitest'
import { failureOf } from '../../src/cli/failure.ts'
import { UsageError } from '../../src/cli/usage.ts'
import { AppError } from '../../src/platform/errors.ts'

test('the exit code tells a refusal (1), a command that is written wrongly (2) and a bug (70) apart', () => {
  const exitCodeOf = (error: unknown) => failureOf(error).exitCode
  expect(exitCodeOf(new AppError('agents.not_found', 'not_found', 'There is no such agent.'))).toBe(1)
  expect(exitCodeOf(new AppError('configuration.invalid', 'invalid', 'PORT is not usable.'))).toBe(1)
  expect(exitCodeOf(new AppError('organizations.subdomain_invalid', 'invalid', 'No subdomain.'))).toBe(2)
  expect(exitCodeOf(new UsageError('cli.value_invalid', 'No role.', 'write owner'))).toBe(2)
  expect(exitCodeOf(new TypeError('undefined is not a function'))).toBe(70)
  expect(exitCodeOf('thrown text')).toBe(70)
})

test('a bug is called one, with the way to where it happened', () => {
  const { code, message, hint, stack } = failureOf(new TypeError('undefined is not a function'))
  expect([code, message]).toEqual(['cli.bug', 'unexpected: undefined is not a function'])
  expect(hint).toContain('--trace')
  expect(stack).toContain('failure.test.ts')
})
