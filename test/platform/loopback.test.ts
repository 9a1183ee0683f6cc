import { expect, test } from 'vitest'
import { isLoopback } from '../../src/platform/loopback.ts'

test.each(['localhost', '127.0.0.1', '127.0.0.2:3000', '::1', '[::1]', '[::1]:3000'])(
  '%s is this machine',
  host => expect(isLoopback(host)).toBe(true),
)

test.each(['0.0.0.0', '::', '10.0.0.1', 'localhost.example.com', '127.0.0.1.example.com', ''])(
  '"%s" is not',
  host => expect(isLoopback(host)).toBe(false),
)
