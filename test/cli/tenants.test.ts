import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findApiKey } from '../../src/domains/organizations/index.ts'
import { type Cast, insertCast } from '../support/cast.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
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
      created_at: expect.any(String),
      last_used_at: null,
      revoked_at: expect.any(String),
    })
    expect(listed.stdout).not.toContain(key)
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
