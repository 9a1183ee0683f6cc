import { mkdtempSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findEmbeddedPostgres } from '../../src/database/embedded/index.ts'
import { buildCli, endOf, runCli, startCli } from './run-cli.ts'

// Not under /tmp: as root, the database moves away from temporary folders.
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  await buildCli()
  folder = mkdtempSync('/var/tmp/tenantry-cli-')
  env = { TENANTRY_DATA_DIR: folder }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const create = (subdomain: string) =>
  runCli(
    [
      'organization',
      'create',
      '--name',
      'Acme',
      '--subdomain',
      subdomain,
      '--owner-email',
      `ada@${subdomain}.test`,
    ],
    { env },
  )

test('without DATABASE_URL a command brings its own database, migrated, and stops it when done', async () => {
  const { exitCode, stdout } = await create('acme')
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^[0-9a-f-]{36}\n$/)
  expect(await findEmbeddedPostgres(folder)).toBeUndefined()
})

test('what one command has written the next one finds', async () => {
  expect((await create('acme')).stderr).toContain('belongs to another organization')
})

test('of three commands at once none is refused, none stops the database under another', async () => {
  const results = await Promise.all(['one', 'two', 'three'].map(create))
  expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([])
  expect(await findEmbeddedPostgres(folder)).toBeUndefined()
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a command that waits, and its database', async signal => {
  const child = startCli(
    ['events', 'import', '-', '--organization', 'ac000000-0000-4000-8000-000000000001'],
    { env },
  )
  const ended = endOf(child)
  await untilRunning()
  child.kill(signal)
  const { exitCode, stderr } = await ended
  expect(exitCode).toBe(signal === 'SIGINT' ? 130 : 143)
  expect(stderr).toContain(`error: interrupted by ${signal}`)
  expect(await findEmbeddedPostgres(folder)).toBeUndefined()
})

/** Until the database takes connections; standard input stays open, so the command then waits for events. */
async function untilRunning(): Promise<void> {
  while (!(await findEmbeddedPostgres(folder))) await new Promise(resolve => setTimeout(resolve, 50))
}
