import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, documentOf, endOf, ROOT, runCli, startCli } from './run-cli.ts'

let database: TestDatabase
let folder: string

vi.setConfig({ testTimeout: 240_000 }) // two of these start servers that fill their databases

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  // As root, an embedded database moves away from folders that its own user cannot enter, and would stay behind.
  folder = mkdtempSync('/var/tmp/tenantry-sample-')
  chmodSync(folder, 0o755)
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('it fills the database of DATABASE_URL as the login that serves, once, and says how to get in', async () => {
  const run = () => runCli(['sample-data', '--json'], { env: { DATABASE_URL: database.url } })
  const first = await run()
  expect([first.exitCode, first.stderr]).toEqual([0, ''])
  const document = documentOf(first)
  expect(document).toMatchObject({
    seed: 1,
    rows: { organizations: 8 },
    api_key: expect.stringMatching(/^tny_/),
    logins: [{ role: 'owner' }, { role: 'admin' }, { role: 'member' }],
    password: 'sample-data-only',
  })
  const { rows } = await database.admin.query(
    `SELECT email, organization_role AS role FROM users
     WHERE organization_id = $1 AND email = ANY ($2) ORDER BY array_position($2, email::text)`,
    [document.organization_id, document.logins.map(({ email }: { email: string }) => email)],
  )
  expect(rows).toEqual(document.logins)

  const again = await run()
  expect(again.exitCode).toBe(1)
  expect(documentOf(again).error).toMatchObject({
    code: 'sample_data.database_not_empty',
    message: expect.stringContaining('holds 8 organizations already'),
    hint: expect.stringContaining('Use another database'),
  })
})

test('--sql writes a script without any database, the same again for the same seed', async () => {
  const file = join(folder, 'sample.sql')
  const { exitCode, stdout } = await runCli(['sample-data', '--seed', '5', '--sql', file], {
    env: { DATABASE_URL: 'postgres://login:secret@127.0.0.1:1/nowhere' },
  })
  expect(exitCode).toBe(0)
  expect(stdout).toContain(`psql -f ${file}`)
  const script = readFileSync(file, 'utf8')
  expect(script).toMatch(/^-- Sample data of Tenantry/)
  expect(script).toMatch(/\nCOMMIT;\n$/)
})

test('a script that cannot be written is refused with the reason', async () => {
  const args = ['sample-data', '--sql', join(folder, 'none', 'sample.sql'), '--json']
  const result = await runCli(args)
  expect(result.exitCode).toBe(1)
  expect(documentOf(result).error.code).toBe('cli.file_unwritable')
})

test.each([
  ['--scale huge', '"huge" is not a scale.'],
  ['--seed -1', '"-1" is not a seed.'],
])('%s is written wrongly', async (option, message) => {
  const { exitCode, stderr } = await runCli(['sample-data', ...option.split(' ')])
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
})

const hasPsql = spawnSync('psql', ['--version']).status === 0
if (!hasPsql) console.log('skipped: there is no psql to run the seed data of the specification with')

test.skipIf(!hasPsql)('the seed data that the specification names fills a database by psql', async () => {
  const empty = await createTestDatabase()
  const psql = spawnSync('psql', ['-f', 'sample-data/PHASE-2-SEED-DATA.sql', empty.adminUrl], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: tmpdir() },
  })
  expect([psql.status, psql.stderr]).toEqual([0, expect.stringContaining('is written')])
  const { rows } = await empty.admin.query(
    'SELECT (SELECT count(*) FROM organizations) AS organizations, (SELECT count(*) > 400 FROM daily_metrics) AS has_metrics',
  )
  expect(rows).toEqual([{ organizations: 8, has_metrics: true }])
  await empty.drop()
})

test('serve fills an empty database of its own, and says at every start how to get in', async () => {
  const env = { TENANTRY_DATA_DIR: join(folder, 'own'), PORT: '0' }
  const first = await startedServer(env)
  const { url, sample } = first.document
  const answer = await fetch(
    `${url}/v1/organizations/${sample.organization_id}/metrics/daily?from=${daysAgo(6)}&to=${daysAgo(0)}`,
    { headers: { authorization: `Bearer ${sample.api_key}` } },
  )
  const { data } = (await answer.json()) as { data: { total_messages: number }[] }
  expect(data.length).toBeGreaterThanOrEqual(6)
  expect(data[0]?.total_messages).toBeGreaterThan(0)
  const [owner] = sample.logins
  const session = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: owner.email, password: sample.password }),
  })
  expect([session.status, await session.json()]).toMatchObject([
    201,
    { role: 'owner', user: { email: owner.email } },
  ])
  expect(await first.stop()).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('TENANTRY_SAMPLE_DATA=off'),
  })

  const second = await startedServer(env)
  const { api_key: _, ...access } = sample
  expect(second.document.sample).toEqual(access)
  await second.stop()

  const third = await startedServer({ ...env, TENANTRY_SAMPLE_DATA: 'off' })
  expect(third.document).not.toHaveProperty('sample')
  await third.stop()
})

test('a server that other machines reach is not filled', async () => {
  const env = { TENANTRY_DATA_DIR: join(folder, 'open'), PORT: '0', TENANTRY_URL: 'https://tenantry.example' }
  const { document, stop } = await startedServer(env)
  expect(document).not.toHaveProperty('sample')
  expect((await stop()).stderr).not.toContain('sample data')
})

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

async function startedServer(env: Record<string, string>) {
  const child = startCli(['serve', '--json'], { env })
  const ended = endOf(child)
  const document = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', resolve)
    void ended.then(({ stderr }) => reject(new Error(`it ended instead:\n${stderr}`)))
  })
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { document: JSON.parse(String(document)), stop }
}
