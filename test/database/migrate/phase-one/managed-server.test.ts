import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../../../src/database/migrate/index.ts'
import { createPool } from '../../../../src/database/pool.ts'
import { inTenant } from '../../../../src/database/transaction.ts'
import { startTestPostgres, type TestPostgres } from '../../../support/start-postgres.ts'

// A server of its own: here no superuser ever made our roles, and a policy may name every role of the server.
let server: TestPostgres
let admin: pg.Client
beforeAll(async () => {
  server = await startTestPostgres()
})
afterAll(() => server?.stop())

const on = (user: string) => {
  const url = new URL(server.adminUrl)
  if (user !== 'postgres') Object.assign(url, { username: user, password: 'host' })
  url.pathname = '/host'
  return url.href
}

beforeEach(async () => {
  const postgres = new pg.Client({ connectionString: server.adminUrl })
  await postgres.connect()
  for (const role of ['host_dba', 'host_owner', 'host_web', 'host_login'])
    await postgres.query(
      `CREATE ROLE ${role} LOGIN PASSWORD 'host' ${role === 'host_dba' ? 'CREATEROLE' : ''}`,
    )
  await postgres.query('CREATE DATABASE host OWNER host_dba')
  await postgres.end()
  admin = new pg.Client({ connectionString: on('postgres') })
  await admin.connect()
  await admin.query(`
    GRANT CREATE ON SCHEMA public TO host_owner;
    SET ROLE host_owner;
    CREATE TABLE organizations (id uuid PRIMARY KEY, name text, subdomain text, plan text, plan_status text);
    CREATE TABLE users (id uuid PRIMARY KEY, organization_id uuid, email text, first_name text, last_name text);
    INSERT INTO organizations VALUES ('ac000000-0000-4000-8000-000000000001', 'Acme', 'acme', 'free', 'active');
    INSERT INTO users VALUES ('ac000000-0000-4000-8000-0000000000a1', 'ac000000-0000-4000-8000-000000000001', 'ada@acme.test');
    GRANT SELECT ON users TO PUBLIC;
    RESET ROLE`)
})
afterEach(async () => {
  await admin.end()
  const postgres = new pg.Client({ connectionString: server.adminUrl })
  await postgres.connect()
  await postgres.query('DROP DATABASE host WITH (FORCE)')
  const { rows } = await postgres.query(`SELECT rolname FROM pg_roles WHERE rolname ~ '^(host|tenantry)_'`)
  for (const { rolname } of rows) await postgres.query(`DROP OWNED BY ${rolname}`)
  for (const { rolname } of rows) await postgres.query(`DROP ROLE ${rolname}`)
  await postgres.end()
})

async function as(user: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: on(user) })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

describe('a grant to PUBLIC', () => {
  test('is listed, and the policy names every role but the login of Tenantry', async () => {
    const lines: string[] = []
    await migrate({ url: on('postgres'), login: 'host_login', report: line => lines.push(line) })
    expect(lines.filter(line => line.includes('PUBLIC'))).toEqual([
      expect.stringMatching(/^users: PUBLIC may SELECT; every role of the server is named/),
    ])
    const { rows } = await admin.query(
      `SELECT array(SELECT role::text FROM unnest(roles) AS role WHERE role <> 'tenantry' ORDER BY 1) AS roles FROM pg_policies
       WHERE policyname = 'tenantry_host' AND tablename = 'users'`,
    )
    expect(rows[0].roles).toEqual([
      'host_dba',
      'host_owner',
      'host_web',
      'pg_read_all_data',
      'pg_write_all_data',
      'postgres',
    ])
  })

  test('still lets every role read, and the login and our roles see nothing by it', async () => {
    await migrate({ url: on('postgres'), login: 'host_login', report: () => {} })
    expect((await as('host_web', 'SELECT FROM users')).rowCount).toBe(1)
    expect((await as('host_login', 'SELECT FROM users')).rowCount).toBe(0)
    const asTenant = await as('host_login', 'SET ROLE tenantry_tenant; SELECT FROM users')
    expect((asTenant as unknown as pg.QueryResult[])[1]?.rowCount).toBe(0)
  })
})

describe('without a superuser', () => {
  test('what the migrating role lacks is listed, and nothing is changed', async () => {
    await expect(
      migrate({ url: on('host_dba'), login: 'host_login', report: () => {} }),
    ).rejects.toMatchObject({
      details: {
        misfits: [
          'host_dba may not act as host_owner, who owns tables of Phase 1: GRANT host_owner TO host_dba.',
        ],
      },
    })
    expect((await admin.query(`SELECT FROM pg_roles WHERE rolname ~ '^tenantry_'`)).rowCount).toBe(0)
  })

  test('a member of the owner adopts its tables, which stay its own', async () => {
    await admin.query('GRANT host_owner TO host_dba')
    await migrate({ url: on('host_dba'), login: 'host_login', report: () => {} })
    const pool = createPool({ url: on('host_login'), max: 1, name: 'test' })
    const { rows } = await inTenant(pool, 'ac000000-0000-4000-8000-000000000001', tx =>
      tx.client.query(
        'SELECT max_users, organization_role FROM users JOIN organizations o ON o.id = organization_id',
      ),
    )
    await pool.end()
    expect(rows).toEqual([{ max_users: 1, organization_role: 'owner' }])
    expect((await as('host_owner', 'SELECT FROM organizations')).rowCount).toBe(1)
    const { rows: owners } = await admin.query(
      `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class WHERE relname IN ('organizations', 'users')`,
    )
    expect(owners).toEqual([{ owner: 'host_owner' }])
  })

  test('an owner who may not create in the schema is told so before anything is changed', async () => {
    await admin.query('GRANT host_owner TO host_dba; REVOKE CREATE ON SCHEMA public FROM host_owner')
    await expect(
      migrate({ url: on('host_dba'), login: 'host_login', report: () => {} }),
    ).rejects.toMatchObject({
      details: {
        misfits: ['host_owner may not create indexes: GRANT CREATE ON SCHEMA public TO host_owner.'],
      },
    })
  })

  test('a superuser needs no right of the owner', async () => {
    await admin.query('REVOKE CREATE ON SCHEMA public FROM host_owner')
    await migrate({ url: on('postgres'), login: 'host_login', report: () => {} })
    expect((await as('host_owner', 'SELECT FROM organizations')).rowCount).toBe(1)
  })
})
