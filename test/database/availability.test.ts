import { expect, test } from 'vitest'
import { isDatabaseUnavailable } from '../../src/database/availability.ts'
import { createPool } from '../../src/database/pool.ts'
import { createTestDatabase } from '../support/database.ts'

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    error => error,
  )

test('a server that is not there, and one that ends the session, are unavailable; a refusal on the merits is not', async () => {
  const database = await createTestDatabase()
  const nowhere = createPool({ url: 'postgres://127.0.0.1:1/none', max: 1, name: 'tenantry test' })
  const socket = createPool({ url: 'postgres:///none?host=/nowhere', max: 1, name: 'tenantry test' })
  const errors = await Promise.all([
    failureOf(nowhere.query('SELECT 1')),
    failureOf(socket.query('SELECT 1')),
    failureOf(database.admin.query('SELECT pg_terminate_backend(pg_backend_pid())')),
    failureOf(database.admin.query('SELECT 1 / 0')),
    failureOf(database.pool.query('SELECT * FROM api_keys')),
  ])
  expect(errors.map(isDatabaseUnavailable)).toEqual([true, true, true, false, false])
  await Promise.all([nowhere.end(), socket.end(), database.drop()])
})

test('what has nothing to do with a database is not unavailable', () => {
  const missingFile = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' })
  expect([missingFile, new Error('timeout'), 'text', undefined].map(isDatabaseUnavailable)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
