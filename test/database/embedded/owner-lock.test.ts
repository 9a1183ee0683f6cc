import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { takeOwnership } from '../../../src/database/embedded/owner-lock.ts'
import { findProcess } from '../../../src/database/embedded/process-identity.ts'
import { makeFolder } from './support/installation.ts'

const folder = makeFolder()
const path = join(folder, 'owner.json')
afterEach(() => rmSync(path, { force: true }))
afterAll(() => rmSync(folder, { recursive: true }))

test('a living holder is named, with what to do', () => {
  const release = takeOwnership(path)
  expect(() => takeOwnership(path)).toThrow(
    new RegExp(`Process ${process.pid} .*since 20.*kill ${process.pid}`),
  )
  release()
  expect(existsSync(path)).toBe(false)
  takeOwnership(path)()
})

test('a holder whose pid now belongs to another process is gone', () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'before', since: 'before' }))
  const release = takeOwnership(path)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    pid: process.pid,
    startedAt: findProcess(process.pid)?.startedAt,
  })
  release()
})

test('a lock cut short by a power failure holds nobody up', () => {
  writeFileSync(path, '')
  takeOwnership(path)()
  expect(existsSync(path)).toBe(false)
})

test('whoever has lost the lock does not remove the one of its successor', () => {
  const release = takeOwnership(path)
  writeFileSync(path, JSON.stringify({ pid: 1, startedAt: 'successor', since: 'now' }))
  release()
  expect(existsSync(path)).toBe(true)
})
