import { afterEach, expect, test } from 'vitest'
import { migrate } from '../../../../src/database/migrate/index.ts'
import type { AppError } from '../../../../src/platform/errors.ts'
import { createEmptyDatabase, type TestDatabase } from '../../../support/database.ts'

let database: TestDatabase
afterEach(() => database?.drop())

const FITTING = `
  CREATE TABLE organizations (id uuid PRIMARY KEY, name text, subdomain text, plan text, plan_status text);
  CREATE TABLE users (id uuid PRIMARY KEY, organization_id uuid, email text, first_name text, last_name text);
  CREATE TABLE agents (id uuid PRIMARY KEY, organization_id uuid, user_id uuid, is_active boolean);
  CREATE TABLE conversations (id uuid PRIMARY KEY, organization_id uuid, status text);
  CREATE TABLE messages (organization_id uuid, created_at timestamptz)`

/** Migrates a database in which `sql` was run, and gives what was refused. */
async function misfitsOf(sql: string): Promise<string[]> {
  database = await createEmptyDatabase()
  await database.admin.query(sql)
  const before = await catalogOf(database)
  const refusal: AppError = await migrate({ url: database.adminUrl, report: () => {} }).then(
    () => expect.fail('the migration went through'),
    error => error,
  )
  expect(refusal).toMatchObject({ code: 'database.phase_one_does_not_fit', kind: 'conflict' })
  for (const misfit of refusal.details.misfits as string[]) expect(refusal.message).toContain(misfit)
  expect(await catalogOf(database)).toEqual(before)
  return refusal.details.misfits as string[]
}

/** Every relation, column, policy, function, schema and right of the database. */
async function catalogOf({ admin }: TestDatabase): Promise<unknown[]> {
  const { rows } = await admin.query(`
    SELECT attrelid::regclass || '.' || attname || ' ' || atttypid::regtype AS it FROM pg_attribute
      WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL SELECT polname FROM pg_policy
    UNION ALL SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT nspname || nspacl::text FROM pg_namespace
    UNION ALL SELECT relname || relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
    ORDER BY 1`)
  return rows
}

test('all that is missing is listed at once, and nothing is changed', async () => {
  const misfits = await misfitsOf(`
    CREATE TABLE organizations (id bigint PRIMARY KEY, name text, plan text, plan_status text);
    CREATE TABLE users (id uuid, organization_id text, email text, first_name text, last_name text, organization_role integer);
    CREATE TABLE messages (body text);
    CREATE VIEW conversations AS SELECT 1 AS id;
    CREATE TABLE subscriptions (id int);
    CREATE SCHEMA graphile_worker`)
  expect(misfits).toEqual([
    'organizations.id is bigint: it must be uuid.',
    'organizations.subdomain is missing: add it (text, varchar or an enum).',
    'users.organization_id is text: it must be uuid.',
    'users.organization_role is integer: rename it, or make it text, varchar or an enum.',
    'users.id is no key: ALTER TABLE users ADD PRIMARY KEY (id), or a UNIQUE that is not deferrable.',
    'conversations is a view: rename it, or make it a table.',
    'messages.organization_id is missing: add it (uuid).',
    'messages.created_at is missing: add it (timestamptz).',
    "the schema graphile_worker exists and is not Tenantry's (its owner is postgres): rename it.",
    "the table subscriptions exists and is not Tenantry's (its owner is postgres): rename it.",
  ])
})

test.each([
  ['a table of a specified name', 'CREATE TABLE invoices (id int)', /^the table invoices exists/],
  ['a view', 'CREATE VIEW organization_summary AS SELECT 1', /^the view organization_summary exists/],
  [
    'an index',
    'CREATE TABLE t (a int); CREATE INDEX idx_invoices_status ON t (a)',
    /^the index idx_invoices_status exists/,
  ],
  ['a sequence', 'CREATE SEQUENCE invoices', /^the sequence invoices exists/],
  ['a type named like a table of Phase 1', `CREATE TYPE users AS ENUM ('a')`, /^the type users exists/],
  ['a type', `CREATE TYPE notifications AS ENUM ('a')`, /^the type notifications exists/],
  [
    'a function',
    'CREATE FUNCTION enqueue(text) RETURNS int LANGUAGE sql RETURN 1',
    /^the function enqueue exists/,
  ],
])('%s that is not ours is refused and listed', async (_, sql, form) => {
  expect(await misfitsOf(sql)).toEqual([expect.stringMatching(form)])
})

test.each([
  [
    'a policy for everybody, which would open the rows to our roles',
    'ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY everybody ON users USING (true)',
    /^The policy everybody on users is for PUBLIC.*ALTER POLICY everybody ON users TO/,
  ],
  [
    'a role column of our name with other words',
    `ALTER TABLE users ADD organization_role text; INSERT INTO users (id, organization_role) VALUES (gen_random_uuid(), 'god')`,
    /^users.organization_role holds other words than owner, admin, member, viewer in 1 rows/,
  ],
  [
    'a specified index in another form',
    'CREATE INDEX idx_agents_org_active ON agents (is_active)',
    /^The index idx_agents_org_active exists in another form/,
  ],
  [
    'a key that is deferrable',
    'ALTER TABLE agents DROP CONSTRAINT agents_pkey, ADD PRIMARY KEY (id) DEFERRABLE',
    /^agents.id is no key/,
  ],
  [
    'a partitioned table that keys refer to',
    'DROP TABLE agents; CREATE TABLE agents (id uuid PRIMARY KEY, organization_id uuid, user_id uuid, is_active boolean) PARTITION BY HASH (id)',
    /^agents is partitioned/,
  ],
  [
    'a partition that everybody may read, past the policies of its table',
    `DROP TABLE messages; CREATE TABLE messages (organization_id uuid, created_at timestamptz) PARTITION BY RANGE (created_at);
     CREATE TABLE m1 PARTITION OF messages DEFAULT PARTITION BY LIST (organization_id); CREATE TABLE m2 PARTITION OF m1 DEFAULT;
     GRANT SELECT ON m2 TO PUBLIC`,
    /^PUBLIC may use m2, past the policies of messages .*REVOKE ALL ON m2 FROM PUBLIC/,
  ],
])('%s is refused', async (_, sql, form) => {
  expect(await misfitsOf(`${FITTING}; ${sql}`)).toEqual([expect.stringMatching(form)])
})

test('a view of the rows that everybody may read is reported', async () => {
  database = await createEmptyDatabase()
  await database.admin.query(
    `${FITTING}; CREATE VIEW names AS SELECT email FROM users; GRANT SELECT ON names TO PUBLIC`,
  )
  const lines: string[] = []
  await migrate({ url: database.adminUrl, dryRun: true, report: line => lines.push(line) })
  expect(lines).toContainEqual(
    expect.stringMatching(/^names: PUBLIC may use this view, which shows users in the rights/),
  )
})

test('the least that is needed is enough, whatever else is absent', async () => {
  database = await createEmptyDatabase()
  await database.admin.query(FITTING)
  const { applied } = await migrate({ url: database.adminUrl, report: () => {} })
  expect(applied).toContain('0001_phase_one.sql')
})

test('columns that Tenantry does not use may be of any type', async () => {
  database = await createEmptyDatabase()
  await database.admin.query(`${FITTING};
    ALTER TABLE organizations ADD created_at text NOT NULL, ADD updated_at bigint;
    ALTER TABLE users ADD created_at date NOT NULL, ADD updated_at text;
    ALTER TABLE agents ADD created_at bigint NOT NULL, ADD updated_at json`)
  await migrate({ url: database.adminUrl, report: () => {} })
  await database.admin.query("INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'Acme')")
})

test('rows without an organization and limits below nothing are reported, and count for nobody', async () => {
  database = await createEmptyDatabase()
  const id = 'ac000000-0000-4000-8000-000000000001'
  await database.admin.query(`${FITTING};
    ALTER TABLE organizations ADD max_users integer; ALTER TABLE users ADD role integer;
    INSERT INTO organizations (id, max_users) VALUES ('${id}', -1);
    INSERT INTO users (id, organization_id) VALUES (gen_random_uuid(), '${id}'), (gen_random_uuid(), gen_random_uuid()), (gen_random_uuid(), NULL)`)
  const lines: string[] = []
  await migrate({ url: database.adminUrl, report: line => lines.push(line) })
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^users: present, owner .*, never analysed, in use by/),
      'organizations.max_users: below 0 in 1 rows, kept as it is: to Tenantry a limit that is reached. Write NULL where it means unlimited.',
      'users.organization_id: 1 rows have none, 1 rows name one that does not exist, kept as they are: no organization sees them.',
      'users: users.role is integer, which holds no words, so everybody is member',
      'users: 1 became owner as the earliest user of an organization that had none',
    ]),
  )
})

test.each(['organizations', 'users', 'agents', 'conversations', 'messages'])(
  'a host that has all but %s gets it made',
  async absent => {
    database = await createEmptyDatabase()
    const tables = FITTING.split(';').filter(sql => !sql.includes(`TABLE ${absent} `))
    await database.admin.query(tables.join(';'))
    await migrate({ url: database.adminUrl, report: () => {} })
    const { rows } = await database.admin.query(
      `SELECT relowner::regrole::text AS owner, relforcerowsecurity AS forced FROM pg_class WHERE relname = $1`,
      [absent],
    )
    expect(rows).toEqual([{ owner: 'tenantry_owner', forced: true }])
  },
)
