import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPool } from '../../../src/database/pool.ts'
import { ROLES } from '../../../src/database/roles.ts'
import { functions } from '../../../src/maintenance/doctor/functions.ts'
import { login } from '../../../src/maintenance/doctor/login.ts'
import { roles } from '../../../src/maintenance/doctor/roles.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const TAKEN = ROLES.filter(role => role !== 'tenantry_owner')
let database: TestDatabase
let name: string
let version: number

beforeAll(async () => {
  database = await createTestDatabase()
  const { rows } = await database.admin.query("SELECT current_setting('server_version_num')::int AS version")
  version = rows[0].version
})
afterAll(() => database.drop())

beforeEach(async () => {
  name = `tenantry_login_${randomBytes(4).toString('hex')}`
  await database.admin.query(`CREATE ROLE ${name} LOGIN NOINHERIT PASSWORD 'secret'`)
})
afterEach(() => database.admin.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`))

/** What is said of the login, asked through the login itself. */
async function examineLogin(check = login) {
  const url = new URL(database.url)
  url.username = name
  url.password = 'secret'
  const pool = createPool({ url: url.href, max: 1, name: 'doctor test' })
  try {
    return await check({ pool, url: url.href })
  } finally {
    await pool.end()
  }
}

async function follow(sql: readonly string[] | undefined): Promise<void> {
  for (const statement of sql ?? []) await database.admin.query(statement)
}

test('a login without the roles is given the SQL that grants them, and is well after it', async () => {
  const [finding] = await examineLogin()
  expect(finding).toMatchObject({
    state: 'failed',
    message: `the login ${name} may not take ${TAKEN.join(', ')}`,
  })
  await follow(finding?.sql)
  expect(await examineLogin()).toMatchObject([{ state: 'ok' }])
})

test('a login that inherits is told so, and is well after the SQL', async () => {
  await database.admin.query(
    version < 160_000
      ? `ALTER ROLE ${name} INHERIT; GRANT ${TAKEN.join(', ')} TO ${name}`
      : `GRANT ${TAKEN.join(', ')} TO ${name} WITH INHERIT TRUE`,
  )
  const [finding] = await examineLogin()
  expect(finding).toMatchObject({ state: 'failed', message: expect.stringContaining('inherits tenantry_') })
  await follow(finding?.sql)
  expect(await examineLogin()).toMatchObject([{ state: 'ok' }])
})

test('a login that inherits is told that once, and nothing that only follows from it', async () => {
  await database.admin.query(
    version < 160_000
      ? `ALTER ROLE ${name} INHERIT; GRANT ${ROLES.join(', ')} TO ${name}`
      : `GRANT ${ROLES.join(', ')} TO ${name} WITH INHERIT TRUE`,
  )
  expect(await examineLogin()).toMatchObject([{ message: expect.stringContaining('inherits tenantry_') }])
  expect((await examineLogin(functions)).filter(({ message }) => message.includes('may call'))).toEqual([])
})

test('a login that was granted a function is named in the SQL that takes it away', async () => {
  await database.admin.query(`GRANT EXECUTE ON FUNCTION enqueue(jsonb) TO ${name}`)
  const finding = (await examineLogin(functions)).find(({ message }) => message.includes('may call enqueue'))
  expect(finding?.sql).toEqual([`REVOKE EXECUTE ON FUNCTION enqueue(jsonb) FROM ${name};`])
  await follow(finding?.sql)
  expect(
    (await examineLogin(functions)).filter(({ message }) => message.includes('may call enqueue')),
  ).toEqual([])
})

test('a login without the look-ups is told to migrate with its own name', async () => {
  expect(await examineLogin(functions)).toContainEqual(
    expect.objectContaining({
      message: expect.stringContaining('may not call the look-up'),
      remedy: `run \`tenantry migrate --login ${name}\``,
    }),
  )
})

test('a login that inherits a role of others is told which one, and none of their rights is revoked', async () => {
  await database.admin.query(`
    CREATE ROLE ${name}_group; GRANT SELECT ON invoices TO ${name}_group; ALTER ROLE ${name} INHERIT;
    GRANT ${name}_group TO ${name}`)
  try {
    expect((await examineLogin()).filter(({ message }) => message.includes('itself may use'))).toEqual([
      {
        state: 'warning',
        message: `the login ${name} itself may use invoices: there, a statement outside of a role is not refused`,
        remedy: `it inherits ${name}_group: let the server use a login of its own`,
        sql: [],
      },
    ])
  } finally {
    await database.admin.query(`DROP OWNED BY ${name}_group; DROP ROLE ${name}_group`)
  }
})

test('a login that bypasses row-level security is told so', async () => {
  await database.admin.query(`ALTER ROLE ${name} BYPASSRLS`)
  expect((await examineLogin())[0]).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('bypasses'),
    sql: [`ALTER ROLE "${name}" NOBYPASSRLS;`],
  })
})

test('a superuser is told what that means', async () => {
  await database.admin.query(`ALTER ROLE ${name} SUPERUSER`)
  expect(await examineLogin()).toMatchObject([
    { state: 'warning', message: expect.stringContaining('superuser') },
  ])
  await database.admin.query(`ALTER ROLE ${name} NOSUPERUSER`)
})

test('a login that may read a table without a role is told which one, and is well after the SQL', async () => {
  await database.admin.query(`GRANT ${TAKEN.join(', ')} TO ${name}; GRANT SELECT ON invoices TO ${name}`)
  const finding = (await examineLogin()).find(({ message }) => message.includes('itself may use invoices'))
  expect(finding).toMatchObject({ state: 'warning' })
  await follow(finding?.sql)
  expect((await examineLogin()).filter(({ message }) => message.includes('itself may use'))).toEqual([])
})

test('where everybody may read a table, it is taken from everybody', async () => {
  await database.admin.query('GRANT SELECT ON invoices TO PUBLIC')
  const finding = (await examineLogin()).find(({ message }) => message.includes('itself may use'))
  expect(finding?.sql).toEqual(['REVOKE ALL ON "invoices" FROM PUBLIC;'])
  await follow(finding?.sql)
  expect((await examineLogin()).filter(({ message }) => message.includes('itself may use'))).toEqual([])
})

test('a role that has more power than its grants is found', async () => {
  // The roles belong to the whole cluster: what is planted here is never committed.
  const pool = createPool({ url: database.adminUrl, max: 1, name: 'doctor test' })
  try {
    expect(await roles({ pool, url: database.adminUrl })).toMatchObject([{ state: 'ok' }])
    await pool.query(
      'BEGIN; ALTER ROLE tenantry_ingest LOGIN BYPASSRLS; GRANT tenantry_admin TO tenantry_tenant',
    )
    const found = await roles({ pool, url: database.adminUrl })
    expect(found).toMatchObject([
      {
        state: 'failed',
        message: 'the role tenantry_ingest has LOGIN, BYPASSRLS',
        sql: ['ALTER ROLE tenantry_ingest NOLOGIN NOBYPASSRLS;'],
      },
      {
        state: 'failed',
        message: expect.stringContaining('tenantry_tenant is a member of tenantry_admin'),
        sql: ['REVOKE tenantry_admin FROM tenantry_tenant;'],
      },
    ])
    for (const { sql } of found) for (const statement of sql ?? []) await pool.query(statement)
    expect(await roles({ pool, url: database.adminUrl })).toMatchObject([{ state: 'ok' }])
  } finally {
    await pool.query('ROLLBACK')
    await pool.end()
  }
})
