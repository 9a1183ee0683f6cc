import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findApiKey } from '../../src/domains/organizations/index.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts'
import { buildCli, type CliResult, runCli } from './run-cli.ts'

let database: TestDatabase
let cast: Cast
let folder: string

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
  folder = mkdtempSync(join(tmpdir(), 'tenantry-cli-'))
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const tenantry = (args: string[], stdin?: string) =>
  runCli(args, { env: { DATABASE_URL: database.url }, ...(stdin !== undefined && { stdin }) })

/** The one document of standard output; anything beside it makes this throw. */
const documentOf = ({ stdout }: CliResult) => JSON.parse(stdout)

describe('organization create', () => {
  const create = (subdomain: string, ...more: string[]) =>
    tenantry([
      'organization',
      'create',
      '--name',
      'Initech',
      '--subdomain',
      subdomain,
      '--owner-email',
      `owner@${subdomain}.test`,
      ...more,
    ])

  test('makes the organization with the limits of its plan and its owner, and prints the id alone', async () => {
    const { exitCode, stdout, stderr } = await create(
      'initech',
      '--plan',
      'pro',
      '--time-zone',
      'Europe/Berlin',
    )
    expect([exitCode, stderr]).toEqual([0, ''])
    const { rows } = await database.admin.query(
      `SELECT name, subdomain, plan, time_zone, max_users, email, organization_role
       FROM organizations JOIN users ON users.organization_id = organizations.id WHERE organizations.id = $1`,
      [stdout.trim()],
    )
    expect(rows).toEqual([
      {
        name: 'Initech',
        subdomain: 'initech',
        plan: 'pro',
        time_zone: 'Europe/Berlin',
        max_users: 25,
        email: 'owner@initech.test',
        organization_role: 'owner',
      },
    ])
  })

  test('answers with a document', async () => {
    expect(documentOf(await create('initrode', '--json'))).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      owner_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  test('refuses a subdomain that is taken, and keeps nothing of it', async () => {
    const result = await create('acme', '--json')
    expect(result.exitCode).toBe(1)
    expect(documentOf(result).error).toMatchObject({
      code: 'organizations.subdomain_taken',
      hint: 'Choose another one.',
    })
    const { rowCount } = await database.admin.query("SELECT FROM users WHERE email = 'owner@acme.test'")
    expect(rowCount).toBe(0)
  })

  test('what is no subdomain is written wrongly', async () => {
    const result = await create('a_b')
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('hint: Use 1 to 63 letters a-z, digits and hyphens')
  })
})

describe('user create', () => {
  const create = (organization: string, email: string, ...more: string[]) =>
    tenantry([
      'user',
      'create',
      '--organization',
      organization,
      '--email',
      email,
      '--role',
      'viewer',
      ...more,
    ])

  test('makes a member of that organization alone', async () => {
    const { exitCode, stdout } = await create(cast.acme.id, 'grace@acme.test')
    expect(exitCode).toBe(0)
    const { rows } = await database.admin.query(
      'SELECT organization_id, email, organization_role FROM users WHERE id = $1',
      [stdout.trim()],
    )
    expect(rows).toEqual([
      { organization_id: cast.acme.id, email: 'grace@acme.test', organization_role: 'viewer' },
    ])
  })

  test('refuses an e-mail that somebody has, in whichever organization', async () => {
    const result = await create(cast.acme.id, 'BOB@globex.test', '--json')
    expect(result.exitCode).toBe(1)
    expect(documentOf(result).error.code).toBe('organizations.email_taken')
  })

  test('refuses one more than the plan allows', async () => {
    await database.admin.query('UPDATE organizations SET max_users = 1 WHERE id = $1', [cast.globex.id])
    const result = await create(cast.globex.id, 'carol@globex.test', '--json')
    expect(result.exitCode).toBe(1)
    expect(documentOf(result).error.code).toBe('organizations.user_limit_reached')
  })

  test('refuses an organization that does not exist', async () => {
    const result = await create('00000000-0000-4000-8000-000000000000', 'dave@nowhere.test', '--json')
    expect(result.exitCode).toBe(1)
    expect(documentOf(result).error.code).toBe('organizations.not_found')
  })
})

describe('api-key create', () => {
  test('prints a key that opens this organization with these scopes', async () => {
    const args = ['--organization', cast.acme.id, '--scope', 'events:write', '--scope', 'metrics:read']
    const { exitCode, stdout, stderr } = await tenantry(['api-key', 'create', ...args])
    expect(exitCode).toBe(0)
    expect(stderr).toContain('cannot be shown again')
    const identity = await findApiKey(database.pool, stdout.trim())
    expect(identity).toMatchObject({ organizationId: cast.acme.id, scopes: ['events:write', 'metrics:read'] })
  })

  test('answers with a document', async () => {
    const args = ['--organization', cast.acme.id, '--scope', 'agents:write', '--json']
    const { id, key, scopes } = documentOf(await tenantry(['api-key', 'create', ...args]))
    expect(scopes).toEqual(['agents:write'])
    expect(await findApiKey(database.pool, key)).toMatchObject({ apiKeyId: id, scopes })
  })
})

describe('events import', () => {
  let events: string

  beforeEach(() => {
    events = [0, 1, 2]
      .map(n => ({
        id: uuidv7({ msecs: Date.parse('2023-05-06T07:08:09Z') + n }),
        event_type: 'message.created',
        end_user_id: `visitor ${n}`,
      }))
      .map(event => JSON.stringify(event))
      .join('\n')
  })
  const importFile = (text: string, ...more: string[]) => {
    const file = join(folder, 'events.ndjson')
    writeFileSync(file, text)
    return tenantry(['events', 'import', file, '--organization', cast.acme.id, ...more])
  }

  test('stores events of any age, once however often it is run', async () => {
    const first = await importFile(events)
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: '3 events stored, 0 were there already, 0 rejected\n',
      stderr: '',
    })
    const again = await importFile(events, '--json')
    expect(again.exitCode).toBe(0)
    expect(documentOf(again)).toEqual({
      lines: 3,
      inserted: 0,
      duplicates: 3,
      rejected: [],
      rejected_count: 0,
    })
  })

  test('reads standard input', async () => {
    const args = ['events', 'import', '-', '--organization', cast.acme.id, '--json']
    expect(documentOf(await tenantry(args, `${events}\n`))).toMatchObject({ inserted: 3, rejected_count: 0 })
  })

  test('a bad line spoils no other; it is named and the exit code says that there was one', async () => {
    const [one, two, three] = events.split('\n')
    const result = await importFile([one, '{"event_type": 3}', two, 'nonsense', three].join('\n'), '--json')
    expect(result.exitCode).toBe(1)
    expect(documentOf(result)).toMatchObject({
      inserted: 3,
      rejected_count: 2,
      rejected: [{ line: 2 }, { line: 4, code: 'analytics.line_not_json' }],
    })
    expect(result.stderr).toMatch(/^error: line 2: .+\nerror: line 4: .+\nhint: .+\n$/)
  })

  test('refuses a file that is not there before anything else', async () => {
    const args = ['events', 'import', join(folder, 'none'), '--organization', cast.acme.id, '--json']
    const result = await tenantry(args)
    expect(result.exitCode).toBe(1)
    expect(documentOf(result).error.code).toBe('cli.file_unreadable')
  })
})

describe('migrate', () => {
  test('says what it would do, does it, and then has nothing to do', async () => {
    const empty = await createEmptyDatabase()
    try {
      const login = new URL(empty.url).username
      const migrate = (...more: string[]) =>
        runCli(['migrate', '--login', login, '--json', ...more], { env: { DATABASE_URL: empty.adminUrl } })

      const before = await migrate('--status')
      expect(before.exitCode).toBe(1)
      expect(documentOf(before)).toMatchObject({ current: false })
      expect(documentOf(before).migrations[0]).toEqual({ name: '0001_phase_one.sql', state: 'pending' })

      const { applied, pending } = documentOf(await migrate('--dry-run'))
      expect(applied).toEqual([])
      expect(pending.length).toBeGreaterThan(10)

      const refused = await runCli(['organization', 'create', ...ACME, '--json'], {
        env: { DATABASE_URL: empty.url },
      })
      expect(refused.exitCode).toBe(1)
      expect(documentOf(refused).error).toMatchObject({
        code: 'database.not_migrated',
        hint: 'Run `tenantry migrate` first.',
      })

      expect(documentOf(await migrate())).toEqual({ applied: pending, pending: [] })
      expect(documentOf(await migrate())).toEqual({ applied: [], pending: [] })
      expect((await migrate('--status')).exitCode).toBe(0)

      const made = await runCli(['organization', 'create', ...ACME], { env: { DATABASE_URL: empty.url } })
      expect(made.exitCode).toBe(0)
    } finally {
      await empty.drop()
    }
  })

  const ACME = ['--name', 'Acme', '--subdomain', 'acme', '--owner-email', 'ada@acme.test']
})

describe('doctor', () => {
  test('says one line a finding, and exit code 1 where one has failed', async () => {
    await database.admin.query('ALTER TABLE invoices NO FORCE ROW LEVEL SECURITY')
    try {
      const { exitCode, stdout } = await tenantry(['doctor'])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('FAILED  row-level security: row-level security is not forced on invoices')
      expect(stdout).toContain('ALTER TABLE invoices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;')
      const { state, checks } = documentOf(await tenantry(['doctor', '--json']))
      expect(state).toBe('failed')
      expect(checks).toContainEqual({
        check: 'versions',
        state: 'ok',
        message: expect.stringContaining('PostgreSQL'),
      })
    } finally {
      await database.admin.query('ALTER TABLE invoices FORCE ROW LEVEL SECURITY')
    }
  })

  test('says so where nothing answers', async () => {
    const env = { DATABASE_URL: 'postgres://login:secret@127.0.0.1:1/nowhere' }
    const { exitCode, stdout } = await runCli(['doctor', '--json'], { env })
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'failed',
      checks: [{ check: 'connection', state: 'failed' }],
    })
    expect(stdout).not.toContain('secret')
  })
})

test('limits enforce says which limits bind whom', async () => {
  const env = { DATABASE_URL: database.adminUrl }
  const result = await runCli(['limits', 'enforce', '--json'], { env })
  expect(result.exitCode).toBe(0)
  expect(documentOf(result)).toEqual({
    limits: [
      { table: 'users', changed: false },
      { table: 'agents', changed: false },
    ],
  })
  const refused = await tenantry(['limits', 'enforce'])
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toContain('the role that owns the database')
})
