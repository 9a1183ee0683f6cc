import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../../src/database/migrate/index.ts'
import { createPool } from '../../../src/database/pool.ts'
import { ROLES } from '../../../src/database/roles.ts'
import { inTenant } from '../../../src/database/transaction.ts'
import { AppError } from '../../../src/platform/errors.ts'
import { insertCast } from '../../support/cast.ts'
import { onDatabase } from '../../support/cluster.ts'
import { startTestPostgres, type TestPostgres } from '../../support/start-postgres.ts'

/** A server of its own: these tests are about roles, which all databases of a server share. */
let server: TestPostgres
let admin: pg.Client
let version: number
beforeAll(async () => {
  server = await startTestPostgres()
  admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  version =
    (await admin.query<{ version: number }>(`SELECT current_setting('server_version_num')::int AS version`))
      .rows[0]?.version ?? 0
})
afterAll(async () => {
  await admin.end()
  await server.stop()
})

/** Takes the roles away again: every test meets a server on which nothing of ours was ever migrated. */
async function cleanServer(...others: string[]): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname NOT IN ('postgres', 'tenantry', 'template0', 'template1')`,
  )
  for (const { name } of rows) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  for (const role of [...ROLES, ...others]) await admin.query(`DROP ROLE IF EXISTS ${role}`)
}

async function createDatabase(name: string, owner = 'postgres'): Promise<string> {
  await admin.query(`CREATE DATABASE ${name} OWNER ${owner}`)
  return onDatabase(server.adminUrl, name)
}

async function createLogin(name: string, attributes = ''): Promise<void> {
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret' ${attributes}`)
}

function as(login: string, url: string): string {
  const other = new URL(url)
  other.username = login
  other.password = 'secret'
  return other.href
}

const quietly = { report: () => {} }

test('four databases of one server at once make the shared roles and all succeed', async () => {
  await cleanServer()
  const urls: string[] = []
  for (const name of ['one', 'two', 'three', 'four']) urls.push(await createDatabase(name))
  const results = await Promise.all(urls.map(url => migrate({ url, login: 'tenantry', ...quietly })))
  for (const { applied } of results) expect(applied[0]).toBe('0001_phase_one.sql')
  const { rows } = await admin.query(
    `SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND NOT rolcanlogin AND NOT rolsuper AND NOT rolbypassrls`,
    [ROLES],
  )
  expect(rows).toHaveLength(ROLES.length)
})

test('the login gets nothing of a role before it takes it, and can take all but the owner', async () => {
  await cleanServer('app')
  await createLogin('app')
  await migrate({ url: await createDatabase('one'), login: 'app', ...quietly })
  const member = version >= 160_000 ? 'SET' : 'MEMBER'
  const { rows } = await admin.query<{ name: string; inherits: boolean; takes: boolean }>(
    `SELECT name, pg_has_role('app', name, 'USAGE') AS inherits, pg_has_role('app', name, '${member}') AS takes
     FROM unnest($1::text[]) AS name`,
    [ROLES],
  )
  expect(rows).toEqual(ROLES.map(name => ({ name, inherits: false, takes: name !== 'tenantry_owner' })))
})

test('an owner of the database who may create roles migrates without a superuser, and is as bound as any login', async () => {
  await cleanServer('host')
  await createLogin('host', 'CREATEROLE')
  const adminUrl = await createDatabase('managed', 'host')
  const url = as('host', adminUrl)
  expect((await migrate({ url, ...quietly })).applied).not.toEqual([])
  expect(await migrate({ url, ...quietly })).toEqual({ applied: [] })

  const superuser = createPool({ url: adminUrl, max: 1, name: 'tenantry test' })
  const pool = createPool({ url, max: 1, name: 'tenantry test' })
  const { acme, ada } = await insertCast(superuser)
  await expect(pool.query('SELECT FROM organizations')).rejects.toMatchObject({ code: '42501' })
  const users = await inTenant(pool, acme.id, tx => tx.selectFrom('users').select('email').execute())
  expect(users).toEqual([{ email: ada.email }])
  await Promise.all([superuser.end(), pool.end()])
})

test('a login without rights is told all that is missing before anything changes, and the SQL it names is enough', async () => {
  await cleanServer('weak')
  await createLogin('weak')
  const adminUrl = await createDatabase('managed')
  const refusal = await refusalOf(migrate({ url: as('weak', adminUrl), ...quietly }))
  expect(refusal.code).toBe('database.privilege_missing')
  expect(refusal.message).toContain('weak may not create roles')
  expect(refusal.message).toContain('weak does not own the database managed')
  const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = ANY ($1)', [ROLES])
  expect(rowCount).toBe(0)

  const superuser = new pg.Client({ connectionString: adminUrl })
  await superuser.connect()
  for (const sql of refusal.details.sql as string[]) await superuser.query(sql)
  await superuser.end()
  expect((await migrate({ url: as('weak', adminUrl), ...quietly })).applied).not.toEqual([])
})

test('roles that another has made are asked for from 16, where only their maker may grant them', async () => {
  await cleanServer('host')
  await createLogin('host', 'CREATEROLE')
  await migrate({ url: await createDatabase('other'), login: 'tenantry', ...quietly })
  const url = as('host', await createDatabase('managed', 'host'))
  if (version < 160_000) {
    expect((await migrate({ url, ...quietly })).applied).not.toEqual([])
    return
  }
  const refusal = await refusalOf(migrate({ url, ...quietly }))
  expect(refusal.message).toContain('GRANT tenantry_owner TO "host" WITH INHERIT FALSE, SET TRUE;')
  for (const sql of refusal.details.sql as string[]) await admin.query(sql)
  expect((await migrate({ url, ...quietly })).applied).not.toEqual([])
})

test('a login that already inherits a role of ours no longer does afterwards', async () => {
  await cleanServer('app')
  await createLogin('app')
  const url = await createDatabase('one')
  await migrate({ url, login: 'tenantry', ...quietly })
  await admin.query('GRANT tenantry_admin TO app')
  await migrate({ url, login: 'app', ...quietly })
  const { rows } = await admin.query(`SELECT pg_has_role('app', 'tenantry_admin', 'USAGE') AS inherits`)
  expect(rows).toEqual([{ inherits: false }])
})

test('a login that lives by what it inherits is not broken on 15: it is refused', async () => {
  await cleanServer('app', 'readers')
  await createLogin('app')
  await admin.query('CREATE ROLE readers; GRANT readers TO app')
  const run = migrate({ url: await createDatabase('one'), login: 'app', ...quietly })
  if (version >= 160_000) {
    await run
    const { rows } = await admin.query(`SELECT pg_has_role('app', 'readers', 'USAGE') AS inherits`)
    expect(rows).toEqual([{ inherits: true }])
    return
  }
  expect(await refusalOf(run)).toMatchObject({
    code: 'database.login_inherits_others',
    details: { roles: ['readers'] },
  })
})

test('a login that does not exist is refused by name', async () => {
  await cleanServer()
  const refusal = await refusalOf(
    migrate({ url: await createDatabase('one'), login: 'nobody_here', ...quietly }),
  )
  expect(refusal).toMatchObject({
    code: 'database.login_unknown',
    message: expect.stringContaining('nobody_here'),
  })
})

async function refusalOf(run: Promise<unknown>): Promise<AppError> {
  const error: unknown = await run.then(
    () => undefined,
    reason => reason,
  )
  if (!(error instanceof AppError)) throw new Error('was not refused', { cause: error })
  return error
}
