import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { VERSION } from '../../src/platform/version.ts'
import { buildCli, endOf, ROOT, runCli, startCli } from './run-cli.ts'

beforeAll(buildCli)

const ID = 'ac000000-0000-4000-8000-000000000001'

test('help lists every command as it is written, on standard output', async () => {
  const { exitCode, stdout, stderr } = await runCli(['help'])
  expect([exitCode, stderr]).toEqual([0, ''])
  for (const command of [
    'serve',
    'migrate',
    'doctor',
    'organization create',
    'user create',
    'user password-link',
    'api-key create',
    'api-key list',
    'api-key revoke',
    'events import',
    'metrics wait',
    'limits enforce',
    'sample-data',
    'help',
  ])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
  expect((await runCli([])).stdout).toBe(stdout)
  expect((await runCli(['--help'])).stdout).toBe(stdout)
})

test('help of a command is what its --help says', async () => {
  const { exitCode, stdout } = await runCli(['help', 'organization', 'create'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('Usage: tenantry organization create [options]')
  expect((await runCli(['organization', 'create', '--help'])).stdout).toBe(stdout)
})

test('the help of serve names what the environment decides, as it takes no options for it', async () => {
  const { stdout } = await runCli(['serve', '--help'])
  for (const name of ['PORT', 'HOST', 'TENANTRY_URL', 'DATABASE_URL', 'TENANTRY_DATA_DIR'])
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  expect((await runCli(['help', 'serve'])).stdout).toBe(stdout)
})

test('help works whatever the environment says', async () => {
  expect((await runCli(['help'], { env: { PORT: 'x', DATABASE_URL: 'nonsense' } })).exitCode).toBe(0)
})

test('the version is that of the package', async () => {
  expect((await runCli(['--version'])).stdout).toBe(`${VERSION}\n`)
  expect(JSON.parse((await runCli(['--version', '--json'])).stdout)).toEqual({ version: VERSION })
})

describe('what is written wrongly ends with 2 and says how it is right:', () => {
  test.each([
    ['organisation create', 'cli.unknown_command', 'did you mean `tenantry organization create`?'],
    ['organization creat', 'cli.unknown_command', 'did you mean `tenantry organization create`?'],
    ['create organization', 'cli.unknown_command', 'did you mean `tenantry organization create`?'],
    ['organization-create', 'cli.unknown_command', 'did you mean `tenantry organization create`?'],
    ['doctr', 'cli.unknown_command', 'did you mean `tenantry doctor`?'],
    ['help doctr', 'cli.unknown_command', 'did you mean `tenantry doctor`?'],
    ['frobnicate', 'cli.unknown_command', 'one of: serve, migrate, doctor,'],
    ['organization', 'cli.command_missing', 'one of: create'],
    ['doctor --trac', 'cli.unknown_option', 'did you mean --trace?'],
    ['organization create --nmae x', 'cli.unknown_option', 'did you mean --name?'],
    ['doctor --frobnicate', 'cli.unknown_option', '`tenantry doctor --help`'],
    ['organization create --name x', 'cli.option_missing', 'add --subdomain <label>'],
    [`user create --organization ${ID} --email a@b.test`, 'cli.option_missing', 'add --role <role>'],
    [`api-key create --organization ${ID}`, 'cli.option_missing', 'add --scope <scope>'],
    ['events import --organization', 'cli.value_missing', '`tenantry events import --help`'],
    [`events import --organization ${ID}`, 'cli.value_missing', '`tenantry events import --help`'],
    ['migrate now', 'cli.usage', '`tenantry migrate --help`'],
    ['user create --organization acme', 'cli.value_invalid', 'write the UUID that'],
    [`user create --organization ${ID} --email ada`, 'cli.value_invalid', 'write it like ada@acme.example'],
    [`user create --organization ${ID} --role amdin`, 'cli.value_invalid', 'did you mean admin?'],
    ['organization create --plan prp', 'cli.value_invalid', 'did you mean pro?'],
    ['organization create --plan PRO!', 'cli.value_invalid', 'did you mean pro?'],
    ['organization create --time-zone Europe/Berln', 'cli.value_invalid', 'did you mean Europe/Berlin?'],
    ['organization create --time-zone +02:00', 'cli.value_invalid', 'IANA'],
    ['api-key create --scope event:write', 'cli.value_invalid', 'did you mean events:write?'],
  ])('%s', async (line, code, hint) => {
    const { exitCode, stdout, stderr } = await runCli(['--json', ...line.split(' ')])
    expect(exitCode).toBe(2)
    const { error } = JSON.parse(stdout)
    expect(error).toEqual({ code, message: expect.any(String), hint: expect.stringContaining(hint) })
    expect(stderr).toBe(`error: ${error.message}\nhint: ${error.hint}\n`)
  })
})

test('a refusal says the same to people and, with --json, to programs', async () => {
  const env = { DATABASE_URL: 'postgres://login:secret@127.0.0.1:1/nowhere' }
  const { exitCode, stdout, stderr } = await runCli(['migrate', '--status', '--json'], { env })
  expect(exitCode).toBe(1)
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'database.unreachable',
    message: 'No PostgreSQL answers at DATABASE_URL.',
    hint: 'Start it, or correct its host and port.',
  })
  expect(stderr).toBe(
    'error: No PostgreSQL answers at DATABASE_URL.\nhint: Start it, or correct its host and port.\n',
  )
  expect(stdout + stderr).not.toContain('secret')
  expect(await runCli(['migrate', '--status'], { env })).toEqual({ exitCode, stdout: '', stderr })
})

test('every fault of the environment is said at once', async () => {
  const env = { DATABASE_URL: 'mysql://somewhere', PORT: 'x' }
  const { exitCode, stderr } = await runCli(['doctor'], { env })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^error: .*\n {2}PORT: .*\n {2}DATABASE_URL: .*\nhint: .*\n$/)
})

test('--trace says where it happened, and nothing else does', async () => {
  const env = { DATABASE_URL: 'postgres://login:secret@127.0.0.1:1/nowhere' }
  expect((await runCli(['migrate'], { env })).stderr).not.toContain('    at ')
  expect((await runCli(['migrate', '--trace'], { env })).stderr).toContain('    at ')
})

test('a reader that goes away does not make an error of it', async () => {
  const child = startCli(['help'])
  child.stdout?.destroy()
  const [exitCode] = await once(child, 'exit')
  expect(exitCode).toBe(0)
})

test('the program says what to do where it has not been built', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-cli-'))
  try {
    cpSync(`${ROOT}bin`, join(folder, 'bin'), { recursive: true })
    cpSync(`${ROOT}package.json`, join(folder, 'package.json'))
    const run = (...args: string[]) => endOf(spawn(join(folder, 'bin/tenantry.js'), args, { stdio: 'pipe' }))
    expect(await run('doctor')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('npm run build'),
    })
    expect(JSON.parse((await run('doctor', '--json')).stdout).error.code).toBe('cli.not_built')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
