import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inRole } from '../../src/database/transaction.ts'
import { completePasswordReset } from '../../src/domains/identity/index.ts'
import { findApiKey } from '../../src/domains/organizations/index.ts'
import { refreshOrganizationMetrics } from '../../src/maintenance/refresh-organization-metrics.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readMails } from '../support/mails.ts'
import { buildCli, documentOf, runCli } from './run-cli.ts'

let database: TestDatabase
let cast: Cast

beforeAll(async () => {
  await buildCli()
  database = await createTestDatabase()
  cast = await insertCast(database.admin)
})
afterAll(() => database.drop())

const tenantry = (args: string[]) => runCli(args, { env: { DATABASE_URL: database.url } })

test('organization list shows what each has, and its last 30 days as of the last refresh', async () => {
  await database.admin.query(
    `INSERT INTO daily_metrics (organization_id, date, total_messages, response_time_sum_ms, response_time_count)
     VALUES ($1, (now() AT TIME ZONE 'UTC')::date, 1234, 5000, 4)`,
    [cast.acme.id],
  )
  await inRole(database.pool, 'tenantry_jobs', refreshOrganizationMetrics)
  const { stdout } = await tenantry(['organization', 'list'])
  expect(stdout).toMatch(/^id +name +plan +users +agents +conversations +messages +people +response\n/)
  expect(stdout).toMatch(/Acme +free +1 +1 +0 +1,234 +0 +1,250 ms\n/)
  const { data } = documentOf(await tenantry(['organization', 'list', '--json']))
  expect(data[0]).toEqual({
    id: cast.acme.id,
    name: 'Acme',
    subdomain: 'acme',
    plan: 'free',
    plan_status: 'active',
    subscription_status: null,
    user_count: 1,
    agent_count: 1,
    conversation_count: 0,
    last_30_days: { user_count: 0, total_messages: 1234, avg_response_time: 1250 },
  })
})

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
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(
      /^No mail is set up .* Hand this link to owner@initech\.test; .*:\nhttp:\S+\/set-password#\S+\n$/,
    )
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
      password_link: expect.stringContaining('/set-password#'),
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
    const { exitCode, stdout, stderr } = await create(cast.acme.id, 'grace@acme.test')
    expect(exitCode).toBe(0)
    expect(stderr).toContain('/set-password#')
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

describe('the way in without mail', () => {
  const device = { ipAddress: '192.0.2.1' }
  const mail = { url: 'http://127.0.0.1:3000', isSetUp: false }
  const signInBy = async (link: string) => {
    const secret = new URL(link).hash.slice(1)
    const input = { secret, password: 'a nice long password', device, mail, now: new Date() }
    return completePasswordReset(database.pool, input)
  }

  test('is the link that user create gives, once', async () => {
    const args = ['--organization', cast.acme.id, '--email', 'heidi@acme.test', '--role', 'admin', '--json']
    const { id, password_link: link } = documentOf(await tenantry(['user', 'create', ...args]))
    expect(await signInBy(link)).toMatchObject({ userId: id, organizationId: cast.acme.id })
    await expect(signInBy(link)).rejects.toMatchObject({ code: 'identity.link_used' })
  })

  test('begins with the address of this installation', async () => {
    const env = { DATABASE_URL: database.url, TENANTRY_URL: 'https://tenantry.test' }
    const result = await runCli(['user', 'password-link', '--email', 'ADA@acme.test'], { env })
    expect(result.exitCode).toBe(0)
    expect(result.stdout).toMatch(/^https:\/\/tenantry\.test\/set-password#[0-9a-f-]{36}\.[\w-]{43}\n$/)
    expect(result.stderr).toContain('works once')
    expect(await signInBy(result.stdout.trim())).toMatchObject({ userId: cast.ada.id })
  })

  test('is refused for an address that nobody has', async () => {
    const result = await tenantry(['user', 'password-link', '--email', 'nobody@acme.test', '--json'])
    expect([result.exitCode, documentOf(result).error.code]).toEqual([1, 'identity.user_unknown'])
  })

  test('with a mail server the link goes by mail, and is printed nowhere', async () => {
    const env = { DATABASE_URL: database.url, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@acme.test' }
    const args = ['--organization', cast.acme.id, '--email', 'ivan@acme.test', '--role', 'member']
    const { exitCode, stdout, stderr } = await runCli(['user', 'create', ...args], { env })
    expect([exitCode, stderr]).toEqual([0, 'A mail to ivan@acme.test has the link to choose a password.\n'])
    const [invitation] = await readMails(database.admin)
    expect(invitation).toMatchObject({ to: 'ivan@acme.test', template: 'set-password' })
    expect(stdout + stderr).not.toContain(invitation?.secret)
    expect(await signInBy(`${mail.url}/set-password#${invitation?.secret}`)).toMatchObject({
      userId: stdout.trim(),
    })
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

describe('api-key list and revoke', () => {
  const create = async (name: string) =>
    documentOf(
      await tenantry([
        'api-key',
        'create',
        '--organization',
        cast.acme.id,
        '--scope',
        'events:write',
        '--name',
        name,
        '--json',
      ]),
    )
  const list = (...more: string[]) => tenantry(['api-key', 'list', '--organization', cast.acme.id, ...more])
  const revoke = (id: string, organization = cast.acme.id) =>
    tenantry(['api-key', 'revoke', id, '--organization', organization, '--json'])

  test('a key that is revoked opens nothing any more, and the list says so', async () => {
    const { id, key } = await create('leaked')
    expect((await list()).stdout).toContain(`${id}  ${key.slice(0, 12)}…  leaked`)
    const { exitCode, stdout, stderr } = await revoke(id)
    expect([exitCode, JSON.parse(stdout), stderr]).toEqual([0, { id }, expect.stringContaining('Revoked')])
    expect(await findApiKey(database.pool, key)).toBeUndefined()
    const listed = await list('--json')
    expect(documentOf(listed).data.find((listed: { id: string }) => listed.id === id)).toEqual({
      id,
      name: 'leaked',
      prefix: key.slice(0, 12),
      scopes: ['events:write'],
      created_by: null,
      created_at: expect.any(String),
      last_used_at: null,
      expires_at: null,
      revoked_at: expect.any(String),
    })
    expect(listed.stdout).not.toContain(key)
  })

  test('a key is replaced by another one, and goes on for as long as is said', async () => {
    const { id, key } = await create('replaced')
    const rotate = (...more: string[]) =>
      tenantry(['api-key', 'rotate', id, '--organization', cast.acme.id, ...more])
    expect((await rotate('--overlap', '200')).exitCode).toBe(2)
    const { exitCode, stdout, stderr } = await rotate('--overlap', '2')
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('The old key ends on')])
    for (const each of [key, stdout.trim()])
      expect(await findApiKey(database.pool, each)).toMatchObject({ scopes: ['events:write'] })
    expect((await list()).stdout).toMatch(new RegExp(`${id}.*\n.*\n.*replaced, ends 20`))
    expect((await rotate()).stderr).toContain('was replaced before')
  })

  test('a key of another organization stays as it is', async () => {
    const { id, key } = await create('kept')
    const result = await revoke(id, cast.globex.id)
    expect([result.exitCode, documentOf(result).error.code]).toEqual([1, 'organizations.api_key_not_found'])
    expect(await findApiKey(database.pool, key)).toMatchObject({ apiKeyId: id })
  })

  test('the key in place of its id is refused, and not repeated', async () => {
    const { key } = await create('typed')
    const result = await revoke(key)
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('tenantry api-key list')
    expect(result.stderr).not.toContain(key)
  })

  test('an organization that does not exist has no list', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    const { exitCode, stderr } = await tenantry(['api-key', 'list', '--organization', nobody])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`There is no organization ${nobody} in this database.`)
    expect(stderr).not.toContain('API key opens')
  })
})
