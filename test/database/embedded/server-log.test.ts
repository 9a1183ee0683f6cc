import {
  appendFileSync,
  closeSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { keepLogSmall, openLog, reasonInLog } from '../../../src/database/embedded/server-log.ts'
import { makeFolder } from './support/installation.ts'

const folder = makeFolder()
const path = join(folder, 'postgresql.log')
afterAll(() => rmSync(folder, { recursive: true }))

test('each start begins a log that only its user can read, and keeps the one before', () => {
  writeFileSync(path, 'the run before\n')
  closeSync(openLog(path))
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('the run before\n')
  expect(statSync(path)).toMatchObject({ size: 0, mode: 0o100600 })
})

test('the log of a long run stays small, and the server goes on writing into it', async () => {
  const server = openLog(path)
  const end = keepLogSmall(path, 100, 1)
  writeSync(server, 'x'.repeat(200))
  await vi.waitFor(() => expect(statSync(path).size).toBe(0))
  expect(statSync(`${path}.1`).size).toBe(200)
  end()
  writeSync(server, 'next')
  expect(readFileSync(path, 'utf8')).toBe('next')
  closeSync(server)
})

test('the reason of a failed start is what the server gave up with, and its advice', () => {
  writeFileSync(path, '2025-01-01 00:00:00 UTC [1] FATAL:  of an earlier attempt\n')
  const from = statSync(path).size
  appendFileSync(path, '2025-01-01 00:00:01 UTC [2] LOG:  starting\n')
  appendFileSync(path, '2025-01-01 00:00:01 UTC [2] FATAL:  no space left\n')
  appendFileSync(path, '2025-01-01 00:00:01 UTC [2] HINT:  Free some.\n')
  appendFileSync(path, '2025-01-01 00:00:01 UTC [2] LOG:  database system is shut down\n')
  expect(reasonInLog(path, from)).toBe('no space left; Free some.')
})

test('a server that said nothing is told as such', () => {
  writeFileSync(path, '')
  expect(reasonInLog(path, 0)).toBe('it said nothing')
  expect(existsSync(path)).toBe(true)
})
