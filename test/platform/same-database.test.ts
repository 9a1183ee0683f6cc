import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { parseConfiguration } from '../../src/platform/configuration.ts'
import { sameDatabase } from '../../src/platform/same-database.ts'

test('the default folder needs nothing', () => {
  expect(sameDatabase(parseConfiguration({}))).toEqual({ prefix: '', condition: '' })
})

test('another folder stands before the command, as a shell reads it back', () => {
  for (const dataDir of ['/srv/data', "/srv/ada's $HOME `x` \\ data"]) {
    const { prefix, condition } = sameDatabase(parseConfiguration({ TENANTRY_DATA_DIR: dataDir }))
    const read = execFileSync('sh', ['-c', `${prefix}sh -c 'printf %s "$TENANTRY_DATA_DIR"'`]).toString()
    expect([read, condition]).toEqual([dataDir, ''])
  }
})

test('DATABASE_URL is named and not shown, whatever the folder is', () => {
  const DATABASE_URL = 'postgres://app:hunter2@db/product'
  const said = sameDatabase(parseConfiguration({ DATABASE_URL, TENANTRY_DATA_DIR: '/srv/data' }))
  expect(said).toEqual({ prefix: '', condition: ', with the same DATABASE_URL' })
})
